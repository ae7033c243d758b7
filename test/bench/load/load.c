/*
 * The two ends of the benchmarks, cheaper than what stands between them: many datagrams a system call, times by the kernel.
 *
 *   load respond ADDRESS:PORT...              answers 200 to every request
 *   load send BASE COUNT PORT TEMPLATE...     sends from COUNT addresses beginning with BASE, as told by lines on stdin:
 *       TEMPLATE-INDEX ADDRESS:PORT RATE MILLISECONDS  ->  one line of JSON when it is over
 *
 *   load syn BASE COUNT ADDRESS:PORT TOTAL RATE      begins TCP connections and never goes on; the addresses are nobody's
 *
 * A template is a file with a SIP message. @SOURCE@ becomes the sender's address, @PORT@ its port, @USER@ a number that
 * belongs to the sender, @NUMBER@ 16 hexadecimal digits that no other message has: the moment it was sent. The branch has
 * to begin with z9hG4bK-@NUMBER@, by which an answer tells how long it took.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64
#define ROOM 2048
#define MAX_PARTS 64
#define MAX_TEMPLATES 8
#define MAX_SOCKETS 4
/* What waits for a turn at most; at 20,000 a second two messages. */
#define TICK_NS 100000L
/* Without an answer by then a message counts as lost: what a queue hides in a short run is no throughput. */
#define LATE_NS 100000000L
#define DRAIN_NS 250000000L

enum kind { TEXT, SOURCE, PORT, USER, NUMBER };
struct part { enum kind kind; const char *text; size_t length; };
struct template { struct part parts[MAX_PARTS]; int count; };

static void fail(const char *what) { perror(what); exit(1); }

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int64_t cpu_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static struct sockaddr_in address_of(const char *text) {
  struct sockaddr_in address = { .sin_family = AF_INET };
  char host[32];
  const char *colon = strchr(text, ':');
  if (colon == NULL || colon - text >= (long)sizeof host) { fprintf(stderr, "no ADDRESS:PORT: %s\n", text); exit(1); }
  memcpy(host, text, colon - text);
  host[colon - text] = 0;
  if (inet_pton(AF_INET, host, &address.sin_addr) != 1) { fprintf(stderr, "no address: %s\n", host); exit(1); }
  address.sin_port = htons(atoi(colon + 1));
  return address;
}

static int open_socket(struct sockaddr_in address) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0), size = 32 << 20, on = 1;
  if (fd < 0) fail("socket");
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size) < 0) setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
  return fd;
}

static struct mmsghdr headers[BATCH];
static struct iovec vectors[BATCH];
static struct sockaddr_in peers[BATCH];
static char bytes[BATCH][ROOM];
static char answers[BATCH][ROOM];
static _Alignas(8) char control[BATCH][128];

static int receive(int fd, int flags, int with_control) {
  for (int i = 0; i < BATCH; i += 1) {
    vectors[i] = (struct iovec){ bytes[i], ROOM };
    headers[i].msg_hdr = (struct msghdr){ .msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &vectors[i], .msg_iovlen = 1,
      .msg_control = with_control ? control[i] : NULL, .msg_controllen = with_control ? sizeof control[i] : 0 };
  }
  return recvmmsg(fd, headers, BATCH, flags, NULL);
}

static void send_all(int fd, int count) {
  for (int done = 0; done < count;) {
    int sent = sendmmsg(fd, headers + done, count - done, 0);
    if (sent < 0 && errno == EINTR) continue;
    /* What one address refuses is lost, as it is on a wire. */
    done += sent > 0 ? sent : 1;
  }
}

/* The 200 to a request: status line, the fields that belong to it, the end. */
static size_t answer_to(const char *request, size_t length, char *answer) {
  static const char status[] = "SIP/2.0 200 OK\r\n", end[] = "Expires: 3600\r\nContent-Length: 0\r\n\r\n";
  const char *limit = request + length, *line = memchr(request, '\n', length);
  size_t at = sizeof status - 1;
  memcpy(answer, status, at);
  while (line != NULL && ++line < limit && *line != '\r') {
    const char *next = memchr(line, '\n', limit - line);
    if (next == NULL) break;
    size_t size = next + 1 - line;
    int is_kept = strncasecmp(line, "via:", 4) == 0 || strncasecmp(line, "from:", 5) == 0 || strncasecmp(line, "to:", 3) == 0 ||
      strncasecmp(line, "call-id:", 8) == 0 || strncasecmp(line, "cseq:", 5) == 0 || strncasecmp(line, "contact:", 8) == 0;
    if (is_kept && at + size + sizeof end < ROOM) { memcpy(answer + at, line, size); at += size; }
    line = next;
  }
  memcpy(answer + at, end, sizeof end - 1);
  return at + sizeof end - 1;
}

static void respond(int count, char **places) {
  struct pollfd sockets[MAX_SOCKETS];
  for (int i = 0; i < count; i += 1) sockets[i] = (struct pollfd){ open_socket(address_of(places[i])), POLLIN, 0 };
  puts("ready");
  fflush(stdout);
  while (poll(sockets, count, -1) > 0) for (int s = 0; s < count; s += 1) {
    if ((sockets[s].revents & POLLIN) == 0) continue;
    int got = receive(sockets[s].fd, MSG_DONTWAIT, 0), kept = 0;
    for (int i = 0; i < got; i += 1) {
      if (headers[i].msg_len < 12 || memcmp(bytes[i], "SIP/2.0", 7) == 0) continue;
      vectors[kept] = (struct iovec){ answers[kept], answer_to(bytes[i], headers[i].msg_len, answers[kept]) };
      headers[kept].msg_hdr = (struct msghdr){ .msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &vectors[kept], .msg_iovlen = 1 };
      kept += 1;
    }
    send_all(sockets[s].fd, kept);
  }
}

static struct template read_template(const char *name) {
  static const struct { const char *mark; enum kind kind; } marks[] = { { "@SOURCE@", SOURCE }, { "@PORT@", PORT }, { "@USER@", USER }, { "@NUMBER@", NUMBER } };
  struct template result = { .count = 0 };
  FILE *file = fopen(name, "r");
  char *text = calloc(1, ROOM);
  if (file == NULL) fail(name);
  size_t length = fread(text, 1, ROOM - 1, file);
  fclose(file);
  for (const char *at = text; at < text + length && result.count < MAX_PARTS - 1;) {
    const char *next = text + length;
    int which = -1;
    for (int i = 0; i < 4; i += 1) {
      const char *found = memmem(at, text + length - at, marks[i].mark, strlen(marks[i].mark));
      if (found != NULL && found < next) { next = found; which = i; }
    }
    result.parts[result.count++] = (struct part){ TEXT, at, next - at };
    if (which < 0) break;
    result.parts[result.count++] = (struct part){ marks[which].kind, NULL, 0 };
    at = next + strlen(marks[which].mark);
  }
  return result;
}

static size_t compose(const struct template *template, uint32_t source, int port, int user, int64_t number, char *to) {
  static const char digits[] = "0123456789abcdef";
  size_t at = 0;
  for (int i = 0; i < template->count; i += 1) {
    const struct part *part = &template->parts[i];
    if (part->kind == TEXT) { memcpy(to + at, part->text, part->length); at += part->length; }
    else if (part->kind == SOURCE) at += sprintf(to + at, "%u.%u.%u.%u", source >> 24, (source >> 16) & 255, (source >> 8) & 255, source & 255);
    else if (part->kind == PORT) at += sprintf(to + at, "%d", port);
    else if (part->kind == USER) at += sprintf(to + at, "%d", 1000 + user);
    else for (int shift = 60; shift >= 0; shift -= 4) to[at++] = digits[(number >> shift) & 15];
  }
  return at;
}

/* When the message left that this answers; 0 when that cannot be told. */
static int64_t number_in(const char *answer, size_t length) {
  const char *found = memmem(answer, length, "z9hG4bK-", 8);
  if (found == NULL || found + 24 > answer + length) return 0;
  int64_t number = 0;
  for (const char *at = found + 8; at < found + 24; at += 1) number = number << 4 | (*at <= '9' ? *at - '0' : *at - 'a' + 10);
  return number;
}

static int64_t arrival_ns(struct msghdr *header) {
  for (struct cmsghdr *one = CMSG_FIRSTHDR(header); one != NULL; one = CMSG_NXTHDR(header, one)) {
    if (one->cmsg_level != SOL_SOCKET || one->cmsg_type != SCM_TIMESTAMPNS) continue;
    struct timespec t;
    memcpy(&t, CMSG_DATA(one), sizeof t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
  }
  return now_ns();
}

static int by_size(const void *one, const void *other) {
  return *(const int *)one < *(const int *)other ? -1 : *(const int *)one > *(const int *)other;
}

struct phase { int64_t start_ns; int *times; long answered, late, refused; long room; };

static void take_answers(int fd, struct phase *phase) {
  for (;;) {
    int got = receive(fd, MSG_DONTWAIT, 1);
    for (int i = 0; i < got; i += 1) {
      int64_t sent_ns = number_in(bytes[i], headers[i].msg_len);
      if (sent_ns < phase->start_ns) continue;
      int64_t took = arrival_ns(&headers[i].msg_hdr) - sent_ns;
      if (headers[i].msg_len > 12 && bytes[i][8] > '3') phase->refused += 1;
      else if (took > LATE_NS) phase->late += 1;
      else if (phase->answered < phase->room) phase->times[phase->answered++] = (int)took;
    }
    if (got < BATCH) return;
  }
}

static void pace(int fd, const struct template *template, struct sockaddr_in to, uint32_t base, int count, int port, long rate, long ms) {
  static uint64_t turn;
  long total = rate * ms / 1000, sent = 0;
  int64_t start = now_ns(), cpu = cpu_ns(), next = start, last = 0;
  struct phase phase = { .start_ns = start, .times = malloc(sizeof(int) * (total + 1)), .room = total };
  /* A little more than asked, so that a sender that cannot keep the pace ends too. */
  while (sent < total && now_ns() - start < ms * 1050000) {
    int64_t now = now_ns();
    long due = (long)((double)(now - start) * rate / 1e9) - sent;
    if (due > total - sent) due = total - sent;
    if (due > BATCH) due = BATCH;
    for (int i = 0; i < due; i += 1) {
      uint32_t source = base + (uint32_t)(turn % count);
      int64_t number = now_ns();
      if (number <= last) number = last + 1;
      last = number;
      vectors[i] = (struct iovec){ bytes[i], compose(template, source, port, (int)(turn % count), number, bytes[i]) };
      headers[i].msg_hdr = (struct msghdr){ .msg_name = &to, .msg_namelen = sizeof to, .msg_iov = &vectors[i], .msg_iovlen = 1,
        .msg_control = control[i], .msg_controllen = CMSG_SPACE(sizeof(struct in_pktinfo)) };
      struct cmsghdr *head = CMSG_FIRSTHDR(&headers[i].msg_hdr);
      *head = (struct cmsghdr){ .cmsg_level = IPPROTO_IP, .cmsg_type = IP_PKTINFO, .cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo)) };
      struct in_pktinfo info = { .ipi_spec_dst.s_addr = htonl(source) };
      memcpy(CMSG_DATA(head), &info, sizeof info);
      turn += 1;
    }
    if (due > 0) send_all(fd, due);
    sent += due;
    take_answers(fd, &phase);
    next += TICK_NS;
    now = now_ns();
    if (next < now) { next = now; continue; }
    struct timespec until = { (next - now) / 1000000000L, (next - now) % 1000000000L };
    nanosleep(&until, NULL);
  }
  int64_t took = now_ns() - start, end = now_ns() + DRAIN_NS;
  while (now_ns() < end && phase.answered + phase.late + phase.refused < sent) {
    struct timespec pause = { 0, TICK_NS };
    nanosleep(&pause, NULL);
    take_answers(fd, &phase);
  }
  qsort(phase.times, phase.answered, sizeof(int), by_size);
  #define AT(share) (phase.answered == 0 ? -1 : phase.times[(long)((phase.answered - 1) * share)] / 1000.0)
  printf("{\"sent\":%ld,\"answered\":%ld,\"late\":%ld,\"refused\":%ld,\"perSecond\":%.0f,\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f,\"cpuNs\":%ld}\n",
    sent, phase.answered, phase.late, phase.refused, sent / (took / 1e9), AT(0.5), AT(0.99), AT(0.999), (long)(cpu_ns() - cpu));
  fflush(stdout);
  free(phase.times);
}

static void send_as_told(uint32_t base, int count, int port, int templates, char **names) {
  struct template read[MAX_TEMPLATES];
  for (int i = 0; i < templates; i += 1) read[i] = read_template(names[i]);
  struct sockaddr_in anywhere = { .sin_family = AF_INET, .sin_port = htons(port) };
  int fd = open_socket(anywhere), which;
  char line[128], place[64];
  long rate, ms;
  prctl(PR_SET_TIMERSLACK, 1000);
  puts("ready");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (sscanf(line, "%d %63s %ld %ld", &which, place, &rate, &ms) != 4 || which < 0 || which >= templates) { fprintf(stderr, "not understood: %s", line); exit(1); }
    pace(fd, &read[which], address_of(place), base, count, port, rate, ms);
  }
}

static uint16_t sum_of(const void *data, size_t length, uint32_t sum) {
  const uint8_t *at = data;
  for (size_t i = 0; i + 1 < length; i += 2) sum += at[i] << 8 | at[i + 1];
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return (uint16_t)sum;
}

/* One SYN each from addresses and ports in turn; what comes back finds nobody. */
static void begin_only(uint32_t base, int count, struct sockaddr_in to, long total, long rate) {
  int fd = socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
  if (fd < 0) fail("raw socket");
  int64_t start = now_ns();
  struct sockaddr_in place = { .sin_family = AF_INET, .sin_addr = to.sin_addr };
  for (long i = 0; i < total; i += 1) {
    struct { struct iphdr ip; struct tcphdr tcp; } packet = { 0 };
    uint32_t from = htonl(base + (uint32_t)(i % count)), target = to.sin_addr.s_addr;
    packet.ip = (struct iphdr){ .version = 4, .ihl = 5, .tot_len = htons(sizeof packet), .ttl = 64, .protocol = IPPROTO_TCP, .saddr = from, .daddr = target };
    packet.tcp.source = htons(10000 + (i / count) % 50000);
    packet.tcp.dest = to.sin_port;
    packet.tcp.seq = htonl((uint32_t)i * 2654435761u);
    packet.tcp.doff = 5;
    packet.tcp.syn = 1;
    packet.tcp.window = htons(64240);
    uint32_t sum = sum_of(&from, 4, 0) + sum_of(&target, 4, 0) + IPPROTO_TCP + sizeof packet.tcp;
    packet.tcp.check = htons((uint16_t)~sum_of(&packet.tcp, sizeof packet.tcp, sum));
    sendto(fd, &packet, sizeof packet, 0, (struct sockaddr *)&place, sizeof place);
    int64_t due = start + (i + 1) * 1000000000LL / rate, now = now_ns();
    if (due - now > TICK_NS) { struct timespec pause = { 0, due - now }; nanosleep(&pause, NULL); }
  }
  printf("{\"sent\":%ld}\n", total);
}

static uint32_t base_of(const char *text) {
  struct in_addr base;
  if (inet_pton(AF_INET, text, &base) != 1) { fprintf(stderr, "no address: %s\n", text); exit(1); }
  return ntohl(base.s_addr);
}

int main(int count, char **words) {
  prctl(PR_SET_PDEATHSIG, 9);
  if (count >= 3 && count - 2 <= MAX_SOCKETS && strcmp(words[1], "respond") == 0) respond(count - 2, words + 2);
  else if (count >= 6 && count - 5 <= MAX_TEMPLATES && strcmp(words[1], "send") == 0)
    send_as_told(base_of(words[2]), atoi(words[3]), atoi(words[4]), count - 5, words + 5);
  else if (count == 7 && strcmp(words[1], "syn") == 0)
    begin_only(base_of(words[2]), atoi(words[3]), address_of(words[4]), atol(words[5]), atol(words[6]));
  else { fprintf(stderr, "see the head of load.c\n"); return 1; }
  return 0;
}
