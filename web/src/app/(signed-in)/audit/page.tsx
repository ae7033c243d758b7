/** The audit trail. */
import { AuditPage } from "../../../features/audit/audit-page.tsx";

export default AuditPage;
