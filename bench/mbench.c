/* mbench.c - measures a mail server from outside, as a client. See README.md.
 * cc -O2 -o mbench mbench.c -lssl -lcrypto -lpthread */
#define _GNU_SOURCE
#include "corpus.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---------------------------------------------------------------- options */
static const char *o_host = "127.0.0.1", *o_user = "testuser%d", *o_rcpt = NULL, *o_pass = "pass", *o_json = NULL,
  *o_label = "", *o_disk = NULL, *o_mailbox = "INBOX", *o_cold = NULL, *o_dir = ".", *o_ops = NULL;
static int o_imap = 143, o_imaps = 993, o_pop3 = 110, o_lmtp = 24, o_first = 1, o_users = 1000, o_conns = 1, o_tls = 0,
  o_reps = 3, o_think = 0, o_multi = 0, o_dele = 0, o_hold = 0, o_prefill = 50, o_select = 0, o_resume = 0;
static long o_count = 0; static double o_seconds = 8; static long o_size = 10240; static uint64_t o_seed = 0;
static int o_pid[64], o_npid = 0;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
static void die(const char *f, ...) { va_list a; va_start(a, f); vfprintf(stderr, f, a); va_end(a); fputc('\n', stderr); exit(2); }

/* ------------------------------------------------- server CPU, memory, disk */
typedef struct { double wall, user, sys, drv, busy, iowait; double dw, dsec, dflush; int procs; } snap_t;
static long hz;
typedef struct { int pid, ppid; double ut, st; } pinfo;
static int list_procs(pinfo **out) {
  DIR *d = opendir("/proc"); struct dirent *e; int n = 0, cap = 4096; pinfo *v = malloc(cap * sizeof *v);
  while ((e = readdir(d))) {
    if (!isdigit((unsigned char)e->d_name[0])) continue;
    char path[300], b[1024]; snprintf(path, sizeof path, "/proc/%s/stat", e->d_name);
    int fd = open(path, O_RDONLY); if (fd < 0) continue; int l = read(fd, b, sizeof b - 1); close(fd); if (l <= 0) continue; b[l] = 0;
    char *q = strrchr(b, ')'); if (!q) continue; int ppid; long ut, st, cut, cst; char s;
    if (sscanf(q + 2, "%c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld %ld %ld", &s, &ppid, &ut, &st, &cut, &cst) != 6) continue;
    if (n == cap) v = realloc(v, (cap *= 2) * sizeof *v);
    v[n++] = (pinfo){ atoi(e->d_name), ppid, (double)(ut + cut) / hz, (double)(st + cst) / hz };
  }
  closedir(d); *out = v; return n;
}
static int cmp_pinfo(const void *a, const void *b) { return ((pinfo *)a)->pid - ((pinfo *)b)->pid; }
/* keeps only the roots and their descendants */
static int tree(pinfo **out) {
  pinfo *v; int n = list_procs(&v); qsort(v, n, sizeof *v, cmp_pinfo); char *in = calloc(n, 1); int more = 1;
  for (int i = 0; i < n; i++) for (int k = 0; k < o_npid; k++) if (v[i].pid == o_pid[k]) in[i] = 1;
  while (more) { more = 0; for (int i = 0; i < n; i++) if (!in[i]) { pinfo key = { v[i].ppid }; pinfo *p = bsearch(&key, v, n, sizeof *v, cmp_pinfo); if (p && in[p - v]) in[i] = more = 1; } }
  int m = 0; for (int i = 0; i < n; i++) if (in[i]) v[m++] = v[i];
  free(in); *out = v; return m;
}
static snap_t snap(void) {
  snap_t s = {0}; pinfo *v; int n = o_npid ? tree(&v) : (v = NULL, 0);
  for (int i = 0; i < n; i++) { s.user += v[i].ut; s.sys += v[i].st; } free(v); s.procs = n;
  struct rusage r; getrusage(RUSAGE_SELF, &r); s.drv = r.ru_utime.tv_sec + r.ru_utime.tv_usec / 1e6 + r.ru_stime.tv_sec + r.ru_stime.tv_usec / 1e6;
  FILE *f = fopen("/proc/stat", "r"); double a[10] = {0}; if (f) { if (fscanf(f, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", a, a + 1, a + 2, a + 3, a + 4, a + 5, a + 6, a + 7) < 7) a[0] = 0; fclose(f); }
  s.busy = (a[0] + a[1] + a[2] + a[5] + a[6]) / hz; s.iowait = a[4] / hz;
  if (o_disk) { char p[200]; snprintf(p, sizeof p, "/sys/block/%s/stat", o_disk); f = fopen(p, "r"); if (f) { double x[17] = {0}; for (int i = 0; i < 17; i++) if (fscanf(f, "%lf", x + i) != 1) break; fclose(f); s.dw = x[4]; s.dsec = x[6]; s.dflush = x[15]; } }
  s.wall = now(); return s;
}
typedef struct { double pss, rss, anon; int procs; double avail; } mem_t;
static mem_t memory(void) {
  mem_t m = {0}; pinfo *v; int n = o_npid ? tree(&v) : (v = NULL, 0); m.procs = n;
  for (int i = 0; i < n; i++) {
    char p[100], line[256]; snprintf(p, sizeof p, "/proc/%d/smaps_rollup", v[i].pid); FILE *f = fopen(p, "r"); if (!f) continue; double x;
    while (fgets(line, sizeof line, f)) { if (sscanf(line, "Rss: %lf", &x) == 1) m.rss += x; else if (sscanf(line, "Pss: %lf", &x) == 1) m.pss += x; else if (sscanf(line, "Pss_Anon: %lf", &x) == 1) m.anon += x; }
    fclose(f);
  }
  free(v); FILE *f = fopen("/proc/meminfo", "r"); char line[200]; double x; if (f) { while (fgets(line, sizeof line, f)) if (sscanf(line, "MemAvailable: %lf", &x) == 1) m.avail = x; fclose(f); }
  return m; /* KiB */
}

/* ------------------------------------------------------------- JSON output */
static char jb[65536]; static size_t jl;
static void jnum(const char *k, double v) { if (isnan(v)) jl += sprintf(jb + jl, ",\"%s\":null", k); else if (v == floor(v) && fabs(v) < 1e15) jl += sprintf(jb + jl, ",\"%s\":%.0f", k, v); else jl += sprintf(jb + jl, ",\"%s\":%.6g", k, v); }
static void jstr(const char *k, const char *v) { jl += sprintf(jb + jl, ",\"%s\":\"", k); for (; *v && jl < 60000; v++) { if (*v == '"' || *v == '\\') jb[jl++] = '\\'; if ((unsigned char)*v >= 32) jb[jl++] = *v; } jb[jl++] = '"'; jb[jl] = 0; }
static void jstart(const char *w) { jl = sprintf(jb, "{\"workload\":\"%s\"", w); jstr("label", o_label); jnum("time", time(NULL)); }
static void jend(void) {
  jl += sprintf(jb + jl, "}\n"); fwrite(jb, 1, jl, stdout); fflush(stdout);
  if (o_json) { FILE *f = fopen(o_json, "a"); if (f) { fwrite(jb, 1, jl, f); fclose(f); } }
}
static void jsnap(snap_t a, snap_t b, double n) {
  double w = b.wall - a.wall, u = b.user - a.user, s = b.sys - a.sys, d = b.drv - a.drv;
  jnum("wall_s", w); if (n > 0) { jnum("n", n); jnum("rate", n / w); }
  if (o_npid) { jnum("srv_cpu_s", u + s); jnum("srv_user_s", u); jnum("srv_sys_s", s); if (n > 0) jnum("srv_cpu_us_per_op", (u + s) / n * 1e6); }
  jnum("drv_cpu_s", d); double oth = (b.busy - a.busy) - (o_npid ? u + s : 0) - d; jnum(o_npid ? "other_cpu_s" : "rest_cpu_s", oth < 0 ? 0 : oth); jnum("iowait_s", b.iowait - a.iowait);
  if (o_disk) { jnum("disk_mb", (b.dsec - a.dsec) / 2048); jnum("disk_writes", b.dw - a.dw); jnum("disk_flushes", b.dflush - a.dflush); }
}
typedef struct { float *v; size_t n, cap; } lat_t;
static void lat_add(lat_t *l, double s) { if (l->n == l->cap) l->v = realloc(l->v, (l->cap = l->cap ? l->cap * 2 : 4096) * sizeof *l->v); l->v[l->n++] = s * 1e3; }
static void lat_merge(lat_t *a, lat_t *b) { for (size_t i = 0; i < b->n; i++) lat_add(a, b->v[i] / 1e3); free(b->v); memset(b, 0, sizeof *b); }
static int cmpf(const void *a, const void *b) { float x = *(float *)a, y = *(float *)b; return x < y ? -1 : x > y; }
static void jlat(const char *pre, lat_t *l) {
  if (!l->n) return; qsort(l->v, l->n, sizeof *l->v, cmpf); char k[100]; double sum = 0; for (size_t i = 0; i < l->n; i++) sum += l->v[i];
  struct { const char *s; double q; } q[] = {{"p50", .5}, {"p95", .95}, {"p99", .99}, {"max", 1}};
  snprintf(k, sizeof k, "%smean_ms", pre); jnum(k, sum / l->n);
  for (int i = 0; i < 4; i++) { snprintf(k, sizeof k, "%s%s_ms", pre, q[i].s); size_t x = q[i].q * l->n; if (x >= l->n) x = l->n - 1; jnum(k, l->v[x]); }
}

/* -------------------------------------------------------------- connection */
static SSL_CTX *ctx;
/* --resume: the newest session of this thread, offered at its next connection */
static __thread SSL_SESSION *saved_session; static _Atomic long resumed;
static int on_session(SSL *s, SSL_SESSION *n) { (void)s; if (saved_session) SSL_SESSION_free(saved_session); saved_session = n; return 1; }
typedef struct { int fd; SSL *ssl; char *buf; size_t cap, pos, len; unsigned tag; long exists; int caps; double rx; long nlines, nfetch, nums, uidvalidity, modseq; char last[300]; } conn_t;
enum { CAP_LITPLUS = 1, CAP_MULTIAPPEND = 2, CAP_SORT = 4, CAP_THREAD = 8, CAP_UIDPLUS = 16, CAP_MOVE = 32, CAP_ESEARCH = 64 };
static void cclose(conn_t *c) { if (c->ssl) { SSL_shutdown(c->ssl); SSL_free(c->ssl); } if (c->fd >= 0) close(c->fd); free(c->buf); memset(c, 0, sizeof *c); c->fd = -1; }
static int copen(conn_t *c, int port, int tls) {
  memset(c, 0, sizeof *c); c->fd = socket(AF_INET, SOCK_STREAM, 0); if (c->fd < 0) return -1;
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) }; inet_pton(AF_INET, o_host, &a.sin_addr);
  if (connect(c->fd, (void *)&a, sizeof a)) { close(c->fd); c->fd = -1; return -1; }
  int one = 1; setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one); struct timeval tv = { 300, 0 }; setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
  if (tls) { c->ssl = SSL_new(ctx); SSL_set_fd(c->ssl, c->fd); if (o_resume && saved_session) SSL_set_session(c->ssl, saved_session); if (SSL_connect(c->ssl) != 1) { cclose(c); return -1; } if (SSL_session_reused(c->ssl)) resumed++; }
  return 0;
}
static int cwrite(conn_t *c, const char *p, size_t n) {
  while (n) { ssize_t r = c->ssl ? SSL_write(c->ssl, p, n > 1 << 20 ? 1 << 20 : n) : send(c->fd, p, n, MSG_NOSIGNAL); if (r <= 0) { if (!c->ssl && errno == EINTR) continue; return -1; } p += r; n -= r; }
  return 0;
}
static int cfill(conn_t *c) { /* reads more; keeps unread bytes */
  if (c->pos == c->len) c->pos = c->len = 0;
  if (c->len == c->cap) { if (c->pos) { memmove(c->buf, c->buf + c->pos, c->len - c->pos); c->len -= c->pos; c->pos = 0; } else c->buf = realloc(c->buf, c->cap = c->cap ? c->cap * 2 : 4096); }
  ssize_t r; do r = c->ssl ? SSL_read(c->ssl, c->buf + c->len, c->cap - c->len) : recv(c->fd, c->buf + c->len, c->cap - c->len, 0); while (r < 0 && !c->ssl && errno == EINTR);
  if (r <= 0) return -1; c->len += r; c->rx += r; return 0;
}
static void cbig(conn_t *c) { if (c->cap < 262144) c->buf = realloc(c->buf, c->cap = 262144); }
static char *cline(conn_t *c, size_t *ln) { /* without CRLF, NUL-terminated */
  size_t scan = 0;
  for (;;) {
    if (c->len > c->pos + scan) { char *s = c->buf + c->pos, *e = memchr(s + scan, '\n', c->len - c->pos - scan); if (e) { c->pos = e + 1 - c->buf; if (e > s && e[-1] == '\r') e--; *e = 0; if (ln) *ln = e - s; return s; } scan = c->len - c->pos; }
    if (cfill(c)) return NULL;
  }
}
static int cskip(conn_t *c, size_t n) { while (n) { size_t h = c->len - c->pos; if (h > n) h = n; c->pos += h; n -= h; if (n && cfill(c)) return -1; } return 0; }
/* reads up to the tagged reply: 0 OK, 1 NO, 2 BAD, -1 lost; '+' gives 3 */
static int imap_wait(conn_t *c, unsigned tag) {
  char t[16]; int tl = sprintf(t, "q%u ", tag); size_t n; char *l;
  while ((l = cline(c, &n))) {
    if (l[0] == '+') return 3;
    if (!strncmp(l, t, tl)) { snprintf(c->last, sizeof c->last, "%s", l + tl); return l[tl] == 'O' ? 0 : l[tl] == 'N' ? 1 : 2; }
    if (l[0] == '*' && l[1] == ' ') {
      c->nlines++;
      if (!strncmp(l, "* OK [", 6)) { if (!strncmp(l + 6, "UIDVALIDITY ", 12)) c->uidvalidity = atol(l + 18); else if (!strncmp(l + 6, "HIGHESTMODSEQ ", 14)) c->modseq = atol(l + 20); }
      if (isdigit((unsigned char)l[2])) { char *e; long v = strtol(l + 2, &e, 10); if (!strncmp(e, " FETCH", 6)) c->nfetch++; else if (!strncmp(e, " EXISTS", 7)) c->exists = v; else if (!strncmp(e, " EXPUNGE", 8)) c->exists--; }
      else if (!strncmp(l + 2, "SEARCH", 6) || !strncmp(l + 2, "SORT", 4) || !strncmp(l + 2, "THREAD", 6)) { int in = 0; for (char *p = l + 6; *p; p++) { int d = isdigit((unsigned char)*p) != 0; if (d && !in) c->nums++; in = d; } }
      else if (!strncmp(l + 2, "BYE", 3)) snprintf(c->last, sizeof c->last, "%s", l);
    }
    while (n && l[n - 1] == '}') { /* literal */
      char *b = memrchr(l, '{', n); if (!b || !isdigit((unsigned char)b[1])) break; size_t k = strtoul(b + 1, NULL, 10);
      if (cskip(c, k) || !(l = cline(c, &n))) return -1;
    }
  }
  return -1;
}
static int imap_send(conn_t *c, const char *f, ...) { char b[4096]; int l = sprintf(b, "q%u ", ++c->tag); va_list a; va_start(a, f); l += vsnprintf(b + l, sizeof b - l - 3, f, a); va_end(a); memcpy(b + l, "\r\n", 2); return cwrite(c, b, l + 2); }
#define imap_cmd(c, ...) (imap_send(c, __VA_ARGS__) ? -1 : imap_wait(c, (c)->tag))
static void user_name(char *b, int i) { sprintf(b, o_user, o_first + i % o_users); }
static void capset(conn_t *c, const char *s) { if (strcasestr(s, "LITERAL+")) c->caps |= CAP_LITPLUS; if (strcasestr(s, "MULTIAPPEND")) c->caps |= CAP_MULTIAPPEND; }
static int imap_login(conn_t *c, int i, int caps) {
  char u[200]; user_name(u, i); if (copen(c, o_tls ? o_imaps : o_imap, o_tls)) return -1;
  char *l = cline(c, NULL); if (!l || strncmp(l, "* OK", 4)) { cclose(c); return -1; }
  if (imap_cmd(c, "LOGIN %s %s", u, o_pass) != 0) { cclose(c); return -1; }
  capset(c, c->last);
  if (caps && !c->caps) { imap_send(c, "CAPABILITY"); char *x; while ((x = cline(c, NULL))) { if (x[0] == '*') capset(c, x); else break; } }
  return 0;
}
static int append_one(conn_t *c, const char *mbox, const char *date, const char *msg, size_t n) {
  char b[300]; int l = sprintf(b, "q%u APPEND %s %s%s%s{%zu%s}\r\n", ++c->tag, mbox, date ? "\"" : "", date ? date : "", date ? "\" " : "", n, c->caps & CAP_LITPLUS ? "+" : "");
  if (c->caps & CAP_LITPLUS) { struct iovec; char *x = malloc(l + n + 2); memcpy(x, b, l); memcpy(x + l, msg, n); memcpy(x + l + n, "\r\n", 2); int r = cwrite(c, x, l + n + 2); free(x); if (r) return -1; }
  else { if (cwrite(c, b, l)) return -1; int r = imap_wait(c, c->tag); if (r != 3) return r; if (cwrite(c, msg, n) || cwrite(c, "\r\n", 2)) return -1; }
  return imap_wait(c, c->tag);
}
static int append_multi(conn_t *c, const char *mbox, uint64_t first, int k, size_t size, char *msg, int dates) {
  char b[300], d[64]; int l = sprintf(b, "q%u APPEND %s", ++c->tag, mbox); static __thread char *x; static __thread size_t cap; size_t len = 0;
  if (!x) x = malloc(cap = 1 << 20);
  memcpy(x, b, l); len = l;
  for (int i = 0; i < k; i++) {
    size_t n = corpus_message(first + i, size, msg); if (len + n + 400 > cap) x = realloc(x, cap = (len + n + 400) * 2);
    corpus_date(first + i, d, 1); len += sprintf(x + len, dates ? " \"%s\" {%zu%s}\r\n" : " %.0s{%zu%s}\r\n", d, n, c->caps & CAP_LITPLUS ? "+" : "");
    if (!(c->caps & CAP_LITPLUS)) { if (cwrite(c, x, len)) return -1; int r = imap_wait(c, c->tag); if (r != 3) return r; len = 0; }
    memcpy(x + len, msg, n); len += n;
  }
  memcpy(x + len, "\r\n", 2); if (cwrite(c, x, len + 2)) return -1; return imap_wait(c, c->tag);
}
static int lmtp_reply(conn_t *c) { char *l; while ((l = cline(c, NULL))) if (l[3] != '-') { int v = atoi(l); if (v >= 400) snprintf(c->last, sizeof c->last, "%s", l); return v; } return -1; }
static int lmtp_open(conn_t *c) {
  if (copen(c, o_lmtp, 0)) return -1;
  if (lmtp_reply(c) / 100 != 2 || cwrite(c, "LHLO bench.example.com\r\n", 24) || lmtp_reply(c) / 100 != 2) { cclose(c); return -1; }
  return 0;
}
static int lmtp_send(conn_t *c, int user, const char *msg, size_t n, double *t0) {
  char u[200], b[600]; sprintf(u, o_rcpt ? o_rcpt : o_user, o_first + user % o_users);
  int l = sprintf(b, "MAIL FROM:<sender@example.com>\r\nRCPT TO:<%s>\r\nDATA\r\n", u);
  if (cwrite(c, b, l)) return -1;
  int a = lmtp_reply(c), r = lmtp_reply(c), d = lmtp_reply(c);
  if (a < 0 || r < 0 || d < 0) return -1;
  if (d != 354) return d;
  char *x = (char *)msg; memcpy(x + n, ".\r\n", 3); if (t0) *t0 = now(); if (cwrite(c, x, n + 3)) return -1;
  return r == 250 ? lmtp_reply(c) : r;
}

/* ------------------------------------------------------------- thread runs */
static volatile double deadline; static pthread_barrier_t bar; static volatile long quota; static volatile double t_start;
typedef struct { int id; long n, err; double bytes; lat_t lat; char last[300]; lat_t op[24]; long operr[24]; } th_t;
static int more(th_t *t) { (void)t; if (o_count) return __atomic_fetch_sub(&quota, 1, __ATOMIC_RELAXED) > 0; return now() < deadline; }
static void fail(th_t *t, conn_t *c) { t->err++; if (c && c->last[0]) memcpy(t->last, c->last, sizeof t->last); }
#define MSGBUF (2 * (size_t)(o_size > 0 ? o_size : 0) + 900000)

static void *lmtp_thread(void *a) {
  th_t *t = a; conn_t c; char *m = malloc(MSGBUF); int ok = lmtp_open(&c) == 0; if (!ok) t->err++;
  pthread_barrier_wait(&bar); pthread_barrier_wait(&bar);
  for (long k = 0; ok && more(t); k++) {
    size_t n = corpus_message(o_seed + (uint64_t)t->id * 10000000 + k, o_size, m); double s = now();
    int r = lmtp_send(&c, t->id + k * o_conns, m, n, NULL); if (r == 250) { t->n++; t->bytes += n; lat_add(&t->lat, now() - s); } else { fail(t, &c); if (r < 0) { cclose(&c); if (lmtp_open(&c)) ok = 0; } if (t->err > 100) break; }
  }
  cclose(&c); free(m); return NULL;
}
static void *append_thread(void *a) {
  th_t *t = a; conn_t c; char *m = malloc(MSGBUF); int ok = imap_login(&c, t->id, 1) == 0; if (!ok) t->err++;
  pthread_barrier_wait(&bar); pthread_barrier_wait(&bar);
  for (long k = 0; ok && more(t); k++) {
    uint64_t id = o_seed + (uint64_t)t->id * 10000000 + k * (o_multi ? o_multi : 1); int r; double s = now();
    if (o_multi) { r = append_multi(&c, o_mailbox, id, o_multi, o_size, m, 0); if (!r) t->n += o_multi; }
    else { size_t n = corpus_message(id, o_size, m); s = now(); r = append_one(&c, o_mailbox, NULL, m, n); if (!r) { t->n++; t->bytes += n; } }
    if (!r) lat_add(&t->lat, now() - s); else { fail(t, &c); if (r < 0) break; }
  }
  cclose(&c); free(m); return NULL;
}
static void *login_thread(void *a) {
  th_t *t = a; pthread_barrier_wait(&bar); pthread_barrier_wait(&bar);
  for (long k = 0; more(t); k++) {
    conn_t c; double s = now(); if (imap_login(&c, t->id + k * o_conns, 0)) { t->err++; continue; }
    if (o_select && imap_cmd(&c, "SELECT INBOX")) fail(t, &c);
    if (imap_cmd(&c, "LOGOUT") == 0) { t->n++; lat_add(&t->lat, now() - s); } else fail(t, &c);
    cclose(&c);
  }
  return NULL;
}
static void run_threads(const char *name, void *(*f)(void *)) {
  th_t *t = calloc(o_conns, sizeof *t); pthread_t *p = calloc(o_conns, sizeof *p); pthread_barrier_init(&bar, NULL, o_conns + 1);
  pthread_attr_t at; pthread_attr_init(&at); pthread_attr_setstacksize(&at, 512 << 10);
  for (int i = 0; i < o_conns; i++) { t[i].id = i; pthread_create(p + i, &at, f, t + i); }
  pthread_barrier_wait(&bar); quota = o_count; snap_t a = snap(); deadline = now() + o_seconds; pthread_barrier_wait(&bar);
  for (int i = 0; i < o_conns; i++) pthread_join(p[i], NULL);
  snap_t b = snap(); mem_t m = memory(); double n = 0, bytes = 0, err = 0; lat_t l = {0}; const char *last = "";
  for (int i = 0; i < o_conns; i++) { n += t[i].n; bytes += t[i].bytes; err += t[i].err; if (t[i].last[0]) last = t[i].last; lat_merge(&l, &t[i].lat); }
  jstart(name); jnum("conns", o_conns); jnum("tls", o_tls); jnum("users", o_users); jnum("size", o_size); if (o_multi) jnum("multi", o_multi); if (o_resume) jnum("resumed", resumed); jsnap(a, b, n); if (bytes) jnum("mb_per_s", bytes / 1e6 / (b.wall - a.wall));
  jlat("", &l); jnum("errors", err); if (*last) jstr("last_error", last);
  if (o_npid) { jnum("srv_pss_mb", m.pss / 1024); jnum("srv_rss_mb", m.rss / 1024); jnum("srv_procs", m.procs); } jend();
}

/* --------------------------------------------------------------- big mailbox */
static void w_fill(void) { /* appends count corpus messages from seed, INTERNALDATE = corpus date */
  conn_t c; char *m = malloc(MSGBUF); if (imap_login(&c, 0, 1)) die("login failed"); imap_cmd(&c, "CREATE %s", o_mailbox); cbig(&c);
  int k = o_multi && (c.caps & CAP_MULTIAPPEND) ? o_multi : 1; snap_t a = snap(); long err = 0, done = 0; char d[64];
  for (long i = 0; i < o_count; i += k) {
    int kk = i + k > o_count ? o_count - i : k, r;
    if (k > 1) r = append_multi(&c, o_mailbox, o_seed + i, kk, o_size, m, 1);
    else { size_t n = corpus_message(o_seed + i, o_size, m); corpus_date(o_seed + i, d, 1); r = append_one(&c, o_mailbox, d, m, n); }
    if (r) { err++; fprintf(stderr, "append: %d %s\n", r, c.last); if (r < 0 || err > 5) break; } else done += kk;
  }
  imap_cmd(&c, "LOGOUT"); snap_t b = snap(); mem_t mm = memory(); jstart("fill"); jnum("multi", k); jsnap(a, b, done); jnum("errors", err); if (o_npid) jnum("srv_pss_mb", mm.pss / 1024); jend(); cclose(&c);
}
static int want(const char *op) { if (!o_ops) return 1; char b[2000]; snprintf(b, sizeof b, ",%s,", o_ops); char k[100]; snprintf(k, sizeof k, ",%s,", op); return strstr(b, k) != NULL; }
static void big_op(conn_t *c, const char *name, int reps, double expect, const char *f, ...) {
  if (!want(name)) return;
  char cmd[2000]; va_list ap; va_start(ap, f); vsnprintf(cmd, sizeof cmd, f, ap); va_end(ap);
  double first = 0, best = 1e9, bytes = 0; int rc = 0; long nf = 0, nl = 0, nn = 0; snap_t a, b, a1, b1; a1 = b1 = snap();
  for (int i = 0; i < reps; i++) {
    c->nfetch = c->nlines = c->nums = 0; c->rx = 0; a = snap(); rc = imap_cmd(c, "%s", cmd); b = snap();
    if (!i) { first = b.wall - a.wall; nf = c->nfetch; nl = c->nlines; nn = c->nums; bytes = c->rx; a1 = a; b1 = b; } if (b.wall - a.wall < best) { best = b.wall - a.wall; }
    if (rc) break;
  }
  jstart("big"); jstr("op", name); jstr("cmd", cmd); jnum("rc", rc); jnum("first_s", first); jnum("best_s", best); jnum("bytes", bytes); jnum("mb_per_s_first", bytes / 1e6 / first); jnum("mb_per_s_best", bytes / 1e6 / best); if (nf) jnum("fetches", nf); jnum("untagged", nl); if (nn) jnum("numbers", nn);
  if (expect >= 0) { jnum("expected", expect); jstr("correct", nn == expect || nf == expect ? "yes" : "NO"); }
  if (o_npid) { jnum("first_srv_cpu_s", b1.user + b1.sys - a1.user - a1.sys); jnum("best_srv_cpu_s", b.user + b.sys - a.user - a.sys); } jnum("drv_cpu_s", b.drv - a.drv); jnum("reps", reps); if (rc) jstr("reply", c->last);
  double oth = (b1.busy - a1.busy) - (b1.user + b1.sys - a1.user - a1.sys) - (b1.drv - a1.drv); jnum("first_other_cpu_s", oth < 0 ? 0 : oth); if (o_disk) { jnum("disk_mb", (b1.dsec - a1.dsec) / 2048); jnum("disk_flushes", b1.dflush - a1.dflush); }
  jend(); if (rc < 0) die("connection lost in %s", name);
}
static void big_select(const char *name, int cold) {
  if (cold && o_cold) { if (system(o_cold)) fprintf(stderr, "cold command failed\n"); for (int i = 0; i < 100; i++) { conn_t t; if (!copen(&t, o_imap, 0)) { cclose(&t); break; } usleep(100000); } if (getenv("MBENCH_PIDFILE")) { FILE *f = fopen(getenv("MBENCH_PIDFILE"), "r"); if (f) { if (fscanf(f, "%d", &o_pid[0]) != 1) o_npid = 0; fclose(f); } } }
  conn_t c; double t0 = now(); if (imap_login(&c, 0, 0)) die("login failed"); double t1 = now(); snap_t a = snap(); int rc = imap_cmd(&c, "SELECT %s", o_mailbox); snap_t b = snap();
  jstart("big"); jstr("op", name); jnum("rc", rc); jnum("login_s", t1 - t0); jnum("first_s", b.wall - a.wall); jnum("exists", c.exists); if (o_npid) jnum("first_srv_cpu_s", b.user + b.sys - a.user - a.sys); jend(); imap_cmd(&c, "LOGOUT"); cclose(&c);
}
/* a client comes back after 900 flag changes and 100 expunges (QRESYNC); then half of the mailbox is expunged at once */
static void big_resync(conn_t *c, long n) {
  imap_cmd(c, "DELETE BenchHalf"); imap_cmd(c, "CREATE BenchHalf"); if (imap_cmd(c, "COPY 1:%ld BenchHalf", n)) { fprintf(stderr, "copy: %s\n", c->last); return; }
  imap_cmd(c, "ENABLE QRESYNC"); imap_cmd(c, "SELECT BenchHalf"); long v = c->uidvalidity, m = c->modseq; cx_rng r = { o_seed + 7 };
  for (int i = 0; i < 900; i++) imap_cmd(c, "STORE %ld +FLAGS.SILENT ($Resync)", 1 + (long)(cx_next(&r) % n));
  for (int i = 0; i < 100; i++) imap_cmd(c, "STORE %ld +FLAGS.SILENT (\\Deleted)", 1 + (long)(cx_next(&r) % n));
  imap_cmd(c, "EXPUNGE");
  big_op(c, "resync", o_reps, -1, "SELECT BenchHalf (QRESYNC (%ld %ld))", v, m);
  imap_cmd(c, "STORE 1:* +FLAGS.SILENT (\\Deleted)"); big_op(c, "expunge_half", 1, -1, "EXPUNGE");
  imap_cmd(c, "SELECT %s", o_mailbox); imap_cmd(c, "DELETE BenchHalf");
}
static void w_big(void) {
  conn_t c; if (want("select_cold")) big_select("select_cold", 1); if (want("select_warm")) for (int i = 0; i < 3; i++) big_select("select_warm", 0);
  if (imap_login(&c, 0, 1)) die("login failed"); cbig(&c); if (imap_cmd(&c, "SELECT %s", o_mailbox)) die("select: %s", c.last); long N = c.exists; if (!N) die("mailbox is empty; run fill first");
  double es = 0, eb = 0; char u[32], d1[64], d2[64]; corpus_init(); for (long i = 0; i < N; i++) { es += planted_subject(o_seed + i); eb += planted_body(o_seed + i); }
  corpus_date(o_seed + N * 9 / 10, d1, 1); d1[11] = 0; corpus_date(o_seed + N / 2, d2, 1); d2[11] = 0; (void)u;
  big_op(&c, "fetch_flags", o_reps, N, "FETCH 1:* (FLAGS)");
  big_op(&c, "fetch_envelope", o_reps, N, "FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)");
  big_op(&c, "fetch_bodystructure", o_reps, N, "FETCH 1:* (BODYSTRUCTURE)");
  big_op(&c, "fetch_headers", o_reps, N, "FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (DATE FROM TO CC SUBJECT MESSAGE-ID REFERENCES)])");
  big_op(&c, "fetch_header_uncommon", 2, N, "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (LIST-ID X-SPAM-SCORE USER-AGENT)])");
  big_op(&c, "fetch_bodies", 2, N, "FETCH 1:* (BODY.PEEK[])");
  big_op(&c, "search_all", o_reps, N, "SEARCH ALL");
  big_op(&c, "search_unseen_since", o_reps, -1, "SEARCH UNSEEN SINCE %s", d1);
  big_op(&c, "search_sentsince", o_reps, -1, "SEARCH SENTSINCE %s", d2);
  big_op(&c, "search_subject", o_reps, es, "SEARCH SUBJECT xylophone");
  big_op(&c, "search_from", o_reps, -1, "SEARCH FROM dept17.example.org");
  big_op(&c, "search_larger", o_reps, -1, "SEARCH LARGER 50000");
  big_op(&c, "search_body", 1, eb, "SEARCH BODY quetzal");
  big_op(&c, "search_text", 1, -1, "SEARCH TEXT quetzal");
  big_op(&c, "search_text_absent", 1, -1, "SEARCH TEXT zzabsentzz");
  big_op(&c, "search_header", o_reps, -1, "SEARCH HEADER LIST-ID team.example.com");
  big_op(&c, "search_before", o_reps, -1, "SEARCH BEFORE %s", d2);
  big_op(&c, "sort_arrival", o_reps, N, "SORT (ARRIVAL) UTF-8 ALL");
  big_op(&c, "sort_date", o_reps, N, "SORT (REVERSE DATE) UTF-8 ALL");
  big_op(&c, "sort_subject", o_reps, N, "SORT (SUBJECT) UTF-8 ALL");
  big_op(&c, "sort_from", o_reps, N, "SORT (FROM) UTF-8 ALL");
  big_op(&c, "sort_size", o_reps, N, "SORT (SIZE) UTF-8 ALL");
  big_op(&c, "thread_references", o_reps, N, "THREAD REFERENCES UTF-8 ALL");
  big_op(&c, "thread_orderedsubject", o_reps, N, "THREAD ORDEREDSUBJECT UTF-8 ALL");
  if (want("fetch_random")) { /* opening single messages */
    lat_t l = {0}; cx_rng r = { o_seed + 5 }; long n = o_count ? o_count : 2000, err = 0; snap_t a = snap(); c.rx = 0;
    for (long i = 0; i < n; i++) { double t = now(); if (imap_cmd(&c, "FETCH %ld (UID FLAGS BODY.PEEK[])", 1 + (long)(cx_next(&r) % N))) err++; lat_add(&l, now() - t); }
    snap_t b = snap(); jstart("big"); jstr("op", "fetch_random"); jsnap(a, b, n); jlat("", &l); jnum("errors", err); jend();
  }
  if (want("store_random")) { lat_t l = {0}; cx_rng r = { o_seed + 6 }; long n = 1000, err = 0; snap_t a = snap();
    for (long i = 0; i < n; i++) { double t = now(); if (imap_cmd(&c, "STORE %ld +FLAGS (\\Seen)", 1 + (long)(cx_next(&r) % N))) err++; lat_add(&l, now() - t); }
    snap_t b = snap(); jstart("big"); jstr("op", "store_random"); jsnap(a, b, n); jlat("", &l); jnum("errors", err); jend(); }
  big_op(&c, "store_add", 1, N, "STORE 1:* +FLAGS (\\Flagged)");
  big_op(&c, "store_del", 1, N, "STORE 1:* -FLAGS (\\Flagged)");
  big_op(&c, "store_silent", 1, -1, "STORE 1:* +FLAGS.SILENT ($Bench)");
  long C = N < 10000 ? N : 10000; if (want("copy")) { imap_cmd(&c, "DELETE BenchCopy"); imap_cmd(&c, "CREATE BenchCopy"); }
  big_op(&c, "copy", 1, -1, "COPY 1:%ld BenchCopy", C);
  if (want("expunge")) {
    imap_cmd(&c, "SELECT BenchCopy");
    if (want("move")) { imap_cmd(&c, "DELETE BenchMove"); imap_cmd(&c, "CREATE BenchMove"); big_op(&c, "move", 1, -1, "MOVE 1:* BenchMove"); imap_cmd(&c, "SELECT BenchMove"); }
    if (imap_cmd(&c, "STORE 1:* +FLAGS.SILENT (\\Deleted)")) fprintf(stderr, "store deleted: %s\n", c.last);
    big_op(&c, "expunge", 1, -1, "EXPUNGE"); jstart("note"); jstr("what", "exists after expunge"); jnum("exists", c.exists); jend(); imap_cmd(&c, "SELECT %s", o_mailbox); imap_cmd(&c, "DELETE BenchCopy"); imap_cmd(&c, "DELETE BenchMove");
  }
  if (want("resync") || want("expunge_half")) big_resync(&c, N / 2);
  if (want("status")) { lat_t l = {0}; imap_cmd(&c, "UNSELECT"); snap_t a = snap(); for (int i = 0; i < 200; i++) { double t = now(); imap_cmd(&c, "STATUS %s (MESSAGES UNSEEN UIDNEXT)", o_mailbox); lat_add(&l, now() - t); } snap_t b = snap(); jstart("big"); jstr("op", "status"); jsnap(a, b, 200); jlat("", &l); jend(); }
  mem_t m = memory(); jstart("note"); jstr("what", "memory after big"); jnum("srv_pss_mb", m.pss / 1024); jnum("srv_rss_mb", m.rss / 1024); jnum("srv_procs", m.procs); jend();
  imap_cmd(&c, "LOGOUT"); cclose(&c);
}

/* -------------------------------------------------------------------- POP3 */
static char *pop_cmd(conn_t *c, const char *s) { if (cwrite(c, s, strlen(s))) return NULL; return cline(c, NULL); }
static long pop_multi(conn_t *c, double *bytes) { /* rest of a multi-line reply */
  long lines = 0; size_t n; char *l; while ((l = cline(c, &n))) { if (l[0] == '.' && n == 1) return lines; lines++; *bytes += n + 2; } return -1;
}
static void w_pop3(void) {
  conn_t c; char u[200], b[8192]; user_name(u, 0); double x = 0, bytes = 0; snap_t s0 = snap();
  if (copen(&c, o_pop3, 0)) die("connect"); cbig(&c); if (!cline(&c, NULL)) die("greeting"); sprintf(b, "USER %s\r\n", u); pop_cmd(&c, b); sprintf(b, "PASS %s\r\n", o_pass);
  char *l = pop_cmd(&c, b); if (!l || *l != '+') die("pop3 login: %s", l ? l : "lost"); l = pop_cmd(&c, "STAT\r\n"); long N = l ? atol(l + 4) : 0; snap_t s1 = snap(); if (!N) die("no mail");
  l = pop_cmd(&c, "UIDL\r\n"); long nu = pop_multi(&c, &x); l = pop_cmd(&c, "LIST\r\n"); long nl = pop_multi(&c, &x); snap_t s2 = snap();
  jstart("pop3"); jstr("op", "login_stat"); jnum("messages", N); jsnap(s0, s1, 0); jend(); jstart("pop3"); jstr("op", "uidl_list"); jnum("uidl", nu); jnum("list", nl); jsnap(s1, s2, 0); jend();
  for (int pass = 0; pass < 3; pass++) { /* 0: first pass one by one, 1: again, 2: pipelined by 50 */
    bytes = 0; long err = 0; snap_t a = snap(); int batch = pass == 2 ? 50 : 1; lat_t la = {0};
    for (long i = 1; i <= N; i += batch) {
      int k = i + batch > N + 1 ? N + 1 - i : batch, w = 0; double t = now(); for (int j = 0; j < k; j++) w += sprintf(b + w, "RETR %ld\r\n", i + j); if (cwrite(&c, b, w)) die("lost");
      for (int j = 0; j < k; j++) { l = cline(&c, NULL); if (!l) die("lost"); if (*l != '+') { err++; continue; } if (pop_multi(&c, &bytes) < 0) die("lost"); }
      lat_add(&la, now() - t);
    }
    snap_t e = snap(); jstart("pop3"); jstr("op", pass == 0 ? "retr_first" : pass == 1 ? "retr_again" : "retr_pipelined50"); jsnap(a, e, N); jnum("mb_per_s", bytes / 1e6 / (e.wall - a.wall)); jlat("", &la); jnum("errors", err); jend();
  }
  if (o_dele) { snap_t a = snap(); for (long i = 1; i <= N; i += 50) { int w = 0, k = 0; for (; k < 50 && i + k <= N; k++) w += sprintf(b + w, "DELE %ld\r\n", i + k); cwrite(&c, b, w); while (k--) cline(&c, NULL); } pop_cmd(&c, "QUIT\r\n"); snap_t e = snap(); jstart("pop3"); jstr("op", "dele_all_quit"); jsnap(a, e, N); jend(); }
  else { snap_t a = snap(); pop_cmd(&c, "QUIT\r\n"); snap_t e = snap(); jstart("pop3"); jstr("op", "quit"); jsnap(a, e, 0); jend(); }
  cclose(&c);
}

/* ------------------------------------------------------------- IDLE workloads */
static int idle_open(conn_t *c, int i) { if (imap_login(c, i, 0)) return -1; if (imap_cmd(c, "SELECT INBOX")) { cclose(c); return -1; } if (imap_send(c, "IDLE")) return -1; if (imap_wait(c, c->tag) != 3) { cclose(c); return -1; } return 0; }
static conn_t *idle_c; static volatile long idle_next, idle_ok;
static void *idle_thread(void *a) { th_t *t = a; long i; while ((i = __atomic_fetch_add(&idle_next, 1, __ATOMIC_RELAXED)) < o_conns) { double s = now(); if (idle_open(idle_c + i, i)) { t->err++; idle_c[i].fd = -1; } else { lat_add(&t->lat, now() - s); __atomic_fetch_add(&idle_ok, 1, __ATOMIC_RELAXED); } } return NULL; }
static void w_idle(void) {
  idle_c = calloc(o_conns, sizeof *idle_c); th_t t[8] = {{0}}; pthread_t p[8]; mem_t m0 = memory(); snap_t a = snap();
  for (int i = 0; i < 8; i++) pthread_create(p + i, NULL, idle_thread, t + i);
  lat_t l = {0}; long err = 0;
  for (int i = 0; i < 8; i++) { pthread_join(p[i], NULL); lat_merge(&l, &t[i].lat); err += t[i].err; }
  snap_t b = snap(); sleep(3); mem_t m1 = memory(); double self = 0; { FILE *f = fopen("/proc/self/smaps_rollup", "r"); char line[200]; double x; while (f && fgets(line, sizeof line, f)) if (sscanf(line, "Pss: %lf", &x) == 1) self = x; if (f) fclose(f); }
  snap_t h0 = snap(); if (o_hold) sleep(o_hold); snap_t h1 = snap(); mem_t m2 = o_hold ? memory() : m1; long alive = 0;
  for (int i = 0; i < o_conns; i++) if (idle_c[i].fd >= 0) { struct pollfd q = { idle_c[i].fd, POLLIN, 0 }; char z; if (poll(&q, 1, 0) > 0 && !idle_c[i].ssl && recv(q.fd, &z, 1, MSG_PEEK) <= 0) continue; alive++; }
  jstart("idle"); jnum("conns", o_conns); jnum("tls", o_tls); jnum("users", o_users); jnum("ok", idle_ok); jnum("alive", alive); jnum("errors", err); jsnap(a, b, idle_ok); jlat("open_", &l);
  jnum("pss_before_mb", m0.pss / 1024); jnum("pss_mb", m2.pss / 1024); jnum("rss_mb", m2.rss / 1024); jnum("anon_pss_mb", m2.anon / 1024); jnum("srv_procs", m2.procs); if (idle_ok) { jnum("pss_kb_per_conn", (m2.pss - m0.pss) / idle_ok); jnum("rss_kb_per_conn", (m2.rss - m0.rss) / idle_ok); jnum("system_kb_per_conn", (m0.avail - m2.avail - self) / idle_ok); }
  if (o_hold) { jnum("hold_s", h1.wall - h0.wall); jnum("hold_srv_cpu_s", h1.user + h1.sys - h0.user - h0.sys); } jend();
  for (int i = 0; i < o_conns; i++) if (idle_c[i].fd >= 0) close(idle_c[i].fd);
}
static void w_notify(void) { /* conns IDLE sessions on one user; deliveries by LMTP */
  conn_t *c = calloc(o_conns, sizeof *c), l; struct pollfd *p = calloc(o_conns + 1, sizeof *p); for (int i = 0; i < o_conns; i++) { if (idle_open(c + i, 0)) die("idle open"); p[i].fd = c[i].fd; p[i].events = POLLIN; }
  if (lmtp_open(&l)) die("lmtp"); p[o_conns].fd = l.fd; p[o_conns].events = POLLIN; long n = o_count ? o_count : 20, miss = 0; lat_t ld = {0}, le = {0}, first = {0}, lo = {0}; char *m = malloc(MSGBUF); snap_t a = snap();
  usleep(500000);
  for (long k = 0; k < n; k++) {
    size_t z = corpus_message(o_seed + 5000000 + k, o_size, m); char u[200], b[600]; sprintf(u, o_rcpt ? o_rcpt : o_user, o_first); int w = sprintf(b, "MAIL FROM:<s@example.com>\r\nRCPT TO:<%s>\r\nDATA\r\n", u); cwrite(&l, b, w); lmtp_reply(&l); lmtp_reply(&l); lmtp_reply(&l); memcpy(m + z, ".\r\n", 3);
    double t0 = now(), td = 0, tl = 0, tf = 0; cwrite(&l, m, z + 3); int got = 0; char *seen = calloc(o_conns, 1);
    while ((got < o_conns || !td) && now() < t0 + 40) {
      if (poll(p, o_conns + 1, 1000) <= 0) continue;
      if (p[o_conns].revents && !td) { if (lmtp_reply(&l) != 250) die("lmtp: %s", l.last); td = now(); }
      for (int i = 0; i < o_conns; i++) if (p[i].revents) do { size_t ln; char *s = cline(c + i, &ln); if (!s) die("idle lost"); if (strstr(s, " EXISTS") && !seen[i]) { seen[i] = 1; got++; tl = now(); if (!tf) tf = tl; } } while (c[i].pos < c[i].len);
    }
    free(seen); if (got < o_conns) miss++; lat_add(&ld, td - t0); if (tf) { lat_add(&first, tf - t0); lat_add(&le, tl - t0); lat_add(&lo, tf - td); }
    usleep(o_think ? o_think * 1000 : 700000 + (cx_mix(k) % 300) * 1000);
  }
  snap_t b = snap(); jstart("notify"); jnum("watchers", o_conns); jnum("deliveries", n); jnum("missed", miss); jsnap(a, b, 0); jlat("delivered_", &ld); jlat("exists_first_", &first); jlat("exists_last_", &le); jlat("after_250_", &lo); jend();
}

/* ------------------------------------------------------------------- mixed */
enum { M_BODY, M_ENV, M_FLAGS, M_STORE, M_APPEND, M_LMTP, M_SEARCH, M_COPY, M_EXPUNGE, M_STATUS, M_RELOGIN, M_NOOP, M_MAX };
static const char *mname[] = { "fetch_body", "fetch_envelope20", "fetch_flags_all", "store", "append", "lmtp", "search_subject", "copy", "delete_expunge", "status", "relogin_select", "noop" };
static const int mweight[] = { 25, 15, 6, 12, 8, 10, 4, 3, 3, 5, 4, 5 };
static conn_t lp[64]; static pthread_mutex_t lpm[64]; static int nlp = 16;
static void *mixed_thread(void *a) {
  th_t *t = a; conn_t c; char *m = malloc(MSGBUF); cx_rng r = { o_seed + 991 * (uint64_t)t->id }; int ok = imap_login(&c, t->id, 1) == 0; if (!ok) t->err++;
  if (ok) { imap_cmd(&c, "CREATE Archive"); imap_cmd(&c, "SELECT INBOX"); for (long k = c.exists; k < o_prefill; k += 10) { append_multi(&c, "INBOX", t->id * 1000 + k, 10, 0, m, 1); } imap_cmd(&c, "NOOP"); }
  pthread_barrier_wait(&bar); pthread_barrier_wait(&bar); long seq = 0;
  while (ok && more(t)) {
    int x = cx_below(&r, 100), op = 0; while (x >= mweight[op]) x -= mweight[op++]; long e = c.exists > 0 ? c.exists : 1, k = 1 + cx_next(&r) % e; double s = now(); int rc = 0; size_t z; uint64_t id = o_seed + 50000000 + t->id * 100000ULL + seq++;
    if (c.exists < 1 && (op <= M_STORE || op == M_COPY || op == M_EXPUNGE)) op = M_APPEND;
    switch (op) {
    case M_BODY: rc = imap_cmd(&c, "FETCH %ld (UID FLAGS BODY.PEEK[])", k); break;
    case M_ENV: rc = imap_cmd(&c, "FETCH %ld:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)", e > 20 ? e - 19 : 1); break;
    case M_FLAGS: rc = imap_cmd(&c, "FETCH 1:* (UID FLAGS)"); break;
    case M_STORE: rc = imap_cmd(&c, "STORE %ld +FLAGS (\\Seen)", k); break;
    case M_APPEND: z = corpus_message(id, 0, m); s = now(); rc = append_one(&c, "INBOX", NULL, m, z); break;
    case M_LMTP: { int q = cx_below(&r, nlp); z = corpus_message(id, 0, m); pthread_mutex_lock(lpm + q); s = now(); rc = lmtp_send(lp + q, cx_below(&r, o_conns), m, z, NULL); if (rc < 0) { cclose(lp + q); lmtp_open(lp + q); rc = 2; } else rc = rc == 250 ? 0 : 1; pthread_mutex_unlock(lpm + q); } break;
    case M_SEARCH: rc = imap_cmd(&c, "SEARCH SUBJECT xylophone"); break;
    case M_COPY: rc = imap_cmd(&c, "COPY %ld Archive", k); break;
    case M_EXPUNGE: rc = imap_cmd(&c, "STORE 1:%d +FLAGS.SILENT (\\Deleted)", c.exists > 60 ? 10 : 1); if (!rc) rc = imap_cmd(&c, "EXPUNGE"); break;
    case M_STATUS: rc = imap_cmd(&c, "STATUS Archive (MESSAGES UNSEEN UIDNEXT)"); break;
    case M_RELOGIN: imap_cmd(&c, "LOGOUT"); cclose(&c); s = now(); rc = imap_login(&c, t->id, 1); if (!rc) rc = imap_cmd(&c, "SELECT INBOX"); break;
    default: rc = imap_cmd(&c, "NOOP");
    }
    if (rc == 0) { t->n++; lat_add(&t->lat, now() - s); lat_add(&t->op[op], now() - s); } else { fail(t, &c); t->operr[op]++; if (rc < 0) { cclose(&c); if (imap_login(&c, t->id, 1) || imap_cmd(&c, "SELECT INBOX")) ok = 0; } }
    if (o_think) usleep(1000 * (o_think / 2 + cx_below(&r, o_think)));
  }
  cclose(&c); free(m); return NULL;
}
static void w_mixed(void) {
  for (int i = 0; i < nlp; i++) { pthread_mutex_init(lpm + i, NULL); if (lmtp_open(lp + i)) die("lmtp"); }
  th_t *t = calloc(o_conns, sizeof *t); pthread_t *p = calloc(o_conns, sizeof *p); pthread_barrier_init(&bar, NULL, o_conns + 1); pthread_attr_t at; pthread_attr_init(&at); pthread_attr_setstacksize(&at, 512 << 10);
  for (int i = 0; i < o_conns; i++) { t[i].id = i; pthread_create(p + i, &at, mixed_thread, t + i); }
  pthread_barrier_wait(&bar); snap_t a = snap(); mem_t m0 = memory(); deadline = now() + o_seconds; o_count = 0; pthread_barrier_wait(&bar); usleep(o_seconds * 500000); mem_t mm = memory();
  for (int i = 0; i < o_conns; i++) pthread_join(p[i], NULL);
  snap_t b = snap(); double n = 0, err = 0; lat_t l = {0}; const char *last = ""; for (int i = 0; i < o_conns; i++) { n += t[i].n; err += t[i].err; if (t[i].last[0]) last = t[i].last; lat_merge(&l, &t[i].lat); }
  jstart("mixed"); jnum("conns", o_conns); jnum("tls", o_tls); jnum("think_ms", o_think); jsnap(a, b, n); jlat("", &l); jnum("errors", err); if (*last) jstr("last_error", last); jnum("srv_pss_start_mb", m0.pss / 1024); jnum("srv_pss_mid_mb", mm.pss / 1024); jnum("srv_rss_mid_mb", mm.rss / 1024); jnum("srv_procs", mm.procs); jend();
  for (int o = 0; o < M_MAX; o++) { lat_t q = {0}; double e = 0; for (int i = 0; i < o_conns; i++) { e += t[i].operr[o]; lat_merge(&q, &t[i].op[o]); } jstart("mixed_op"); jstr("op", mname[o]); jnum("n", q.n); jnum("rate", q.n / (b.wall - a.wall)); jlat("", &q); jnum("errors", e); jend(); }
}

/* -------------------------------------------------------------------- other */
static void w_corpus(void) { /* an mbox on stdout */
  char *m = malloc(MSGBUF), d[64]; long n = o_count ? o_count : 1000; for (long i = 0; i < n; i++) { size_t z = corpus_message(o_seed + i, o_size, m); time_t t = CORPUS_EPOCH + (o_seed + i) * CORPUS_STEP; struct tm tm; gmtime_r(&t, &tm); strftime(d, sizeof d, "%a %b %d %H:%M:%S %Y", &tm); printf("From bench@example.com  %s\r\n", d); fwrite(m, 1, z, stdout); printf("\r\n"); }
}
static void w_fsync(void) { /* what the disk gives: new file of size bytes + fdatasync */
  char p[500], *m = malloc(MSGBUF); memset(m, 'x', o_size); lat_t l = {0}; snap_t a = snap(); long k = 0; for (; now() < a.wall + o_seconds; k++) { snprintf(p, sizeof p, "%s/mbench-fsync-%ld", o_dir, k); double t = now(); int fd = open(p, O_CREAT | O_WRONLY, 0600); if (fd < 0 || write(fd, m, o_size) < 0) die("write"); fdatasync(fd); close(fd); lat_add(&l, now() - t); unlink(p); }
  snap_t b = snap(); jstart("fsync"); jsnap(a, b, k); jlat("", &l); jend();
}
static void w_mem(void) { mem_t m = memory(); jstart("mem"); jnum("srv_pss_mb", m.pss / 1024); jnum("srv_rss_mb", m.rss / 1024); jnum("srv_anon_mb", m.anon / 1024); jnum("srv_procs", m.procs); jend(); }

int main(int argc, char **argv) {
  if (argc < 2) die("usage: mbench WORKLOAD [--flag value]...   workloads: lmtp append login fill big pop3 idle notify mixed corpus fsync mem");
  hz = sysconf(_SC_CLK_TCK); signal(SIGPIPE, SIG_IGN); o_size = -1; int lmtpsize = 10240;
  for (int i = 2; i < argc; i++) {
    char *f = argv[i]; if (!strcmp(f, "--tls")) { o_tls = 1; continue; } if (!strcmp(f, "--dele")) { o_dele = 1; continue; } if (!strcmp(f, "--select")) { o_select = 1; continue; } if (!strcmp(f, "--resume")) { o_resume = 1; continue; }
    char *v = ++i < argc ? argv[i] : NULL; if (!v) die("%s needs a value", f);
#define S(n, var) if (!strcmp(f, n)) { var = v; continue; }
#define N(n, var) if (!strcmp(f, n)) { var = atol(v); continue; }
    S("--host", o_host) S("--user", o_user) S("--rcpt", o_rcpt) S("--pass", o_pass) S("--json", o_json) S("--label", o_label) S("--disk", o_disk) S("--mailbox", o_mailbox) S("--cold-cmd", o_cold) S("--dir", o_dir) S("--ops", o_ops)
    N("--imap", o_imap) N("--imaps", o_imaps) N("--pop3", o_pop3) N("--lmtp", o_lmtp) N("--first", o_first) N("--users", o_users) N("--conns", o_conns) N("--reps", o_reps) N("--think-ms", o_think) N("--multi", o_multi) N("--hold", o_hold) N("--prefill", o_prefill) N("--count", o_count) N("--size", o_size) N("--seed", o_seed)
    if (!strcmp(f, "--seconds")) { o_seconds = atof(v); continue; }
    if (!strcmp(f, "--pid")) { for (char *q = strtok(v, ","); q; q = strtok(NULL, ",")) o_pid[o_npid++] = atoi(q); continue; }
    die("unknown flag %s", f);
  }
  char *w = argv[1]; if (o_size < 0) o_size = !strcmp(w, "fill") || !strcmp(w, "corpus") ? 0 : lmtpsize;
  corpus_init(); ctx = SSL_CTX_new(TLS_client_method()); SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL); SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY);
  if (o_resume) { SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL); SSL_CTX_sess_set_new_cb(ctx, on_session); }
  if (!strcmp(w, "lmtp")) run_threads("lmtp", lmtp_thread); else if (!strcmp(w, "append")) run_threads("append", append_thread); else if (!strcmp(w, "login")) run_threads("login", login_thread);
  else if (!strcmp(w, "fill")) w_fill(); else if (!strcmp(w, "big")) w_big(); else if (!strcmp(w, "pop3")) w_pop3(); else if (!strcmp(w, "idle")) w_idle(); else if (!strcmp(w, "notify")) w_notify(); else if (!strcmp(w, "mixed")) w_mixed();
  else if (!strcmp(w, "corpus")) w_corpus(); else if (!strcmp(w, "fsync")) w_fsync(); else if (!strcmp(w, "mem")) w_mem(); else die("unknown workload %s", w);
  return 0;
}
