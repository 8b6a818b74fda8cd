package palomar.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One client that works until the server dies under it.
final class CrashLoad {
    private final Thread thread;
    private volatile Throwable unexpected;

    /// Works until the connection breaks.
    private interface Work {
        void run() throws IOException;
    }

    private CrashLoad(String name, Work work) {
        thread = Thread.ofPlatform().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (IOException killed) {
                return; // what it is for
            }
        });
        thread.setUncaughtExceptionHandler((_, problem) -> unexpected = problem);
    }

    void start() {
        thread.start();
    }

    void join() throws InterruptedException {
        thread.join();
        if (unexpected != null) {
            throw new AssertionError(thread.getName(), unexpected);
        }
    }

    /// Delivers to one to three users at a time.
    static CrashLoad lmtp(int port, CrashLedger ledger, long seed) {
        return new CrashLoad("lmtp load", () -> {
            Random random = new Random(seed);
            try (LmtpWire lmtp = LmtpWire.connect(port)) {
                while (true) {
                    long id = ledger.newId();
                    byte[] message = message(id, random);
                    List<String> users = CrashLedger.USERS.subList(0, 1 + random.nextInt(CrashLedger.USERS.size()));
                    users.forEach(user -> ledger.sending(user, id, message));
                    List<String> answers = lmtp.deliver(
                            message, users.stream().map(u -> u + "@localhost").toArray(String[]::new));
                    for (int i = 0; i < answers.size(); i++) {
                        if (answers.get(i).startsWith("250")) {
                            ledger.acknowledged(users.get(i), id);
                        }
                    }
                }
            }
        });
    }

    static CrashLoad append(int port, CrashLedger ledger, long seed) {
        return new CrashLoad("append load", () -> {
            Random random = new Random(seed);
            String user = CrashLedger.USERS.get(random.nextInt(CrashLedger.USERS.size()));
            try (ImapWire imap = ImapWire.login(port, user)) {
                while (true) {
                    long id = ledger.newId();
                    byte[] message = message(id, random);
                    ledger.sending(user, id, message);
                    String answer = imap.append("INBOX", message);
                    int code = answer.indexOf("[APPENDUID ");
                    if (answer.contains(" OK ") && code > 0) {
                        String[] words = answer.substring(code + 11, answer.indexOf(']', code))
                                .split(" ");
                        ledger.acknowledged(user, id, Long.parseLong(words[1]));
                    }
                }
            }
        });
    }

    /// Flags and expunges messages here and there, and watches HIGHESTMODSEQ.
    static CrashLoad expunge(int port, CrashLedger ledger, long seed) {
        return new CrashLoad("expunge load", () -> {
            Random random = new Random(seed);
            String user = CrashLedger.USERS.get(random.nextInt(CrashLedger.USERS.size()));
            try (ImapWire imap = ImapWire.login(port, user)) {
                imap.ok("SELECT INBOX (CONDSTORE)");
                while (true) {
                    List<Long> uids = uids(imap);
                    if (!uids.isEmpty()) {
                        long uid = uids.get(random.nextInt(uids.size()));
                        imap.ok("UID STORE " + uid + " +FLAGS (\\Flagged)");
                        if (random.nextInt(12) == 0) {
                            List<ImapWire.Line> header = imap.ok("UID FETCH " + uid + " BODY.PEEK[HEADER]");
                            byte[] text = header.getFirst().literals().getFirst();
                            ledger.expunging(user, uid, CrashLedger.id(new String(text, StandardCharsets.ISO_8859_1)));
                            imap.ok("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
                            imap.ok("UID EXPUNGE " + uid);
                            ledger.expunged(user, uid);
                        }
                    }
                    List<ImapWire.Line> status = imap.ok("STATUS INBOX (HIGHESTMODSEQ)");
                    ledger.saw(user, CrashLedger.number(status, "HIGHESTMODSEQ "));
                }
            }
        });
    }

    private static List<Long> uids(ImapWire imap) throws IOException {
        List<Long> uids = new ArrayList<>();
        for (ImapWire.Line line : imap.ok("UID SEARCH ALL")) {
            if (line.text().startsWith("* SEARCH")) {
                for (String word : line.text().substring(8).strip().split(" ")) {
                    if (!word.isEmpty()) {
                        uids.add(Long.parseLong(word));
                    }
                }
            }
        }
        return uids;
    }

    /// A message from a hundred bytes to 200 KB; no line begins with a dot.
    private static byte[] message(long id, Random random) {
        StringBuilder text = new StringBuilder();
        text.append("From: crash@example.org\r\nX-Crash-Id: ").append(id).append("\r\nSubject: crash\r\n\r\n");
        int lines = 1 << random.nextInt(12);
        for (int i = 0; i < lines; i++) {
            text.append("line ")
                    .append(i)
                    .append(' ')
                    .append(Long.toHexString(random.nextLong()))
                    .append(" \u00e4\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
