package palomar.server.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import palomar.server.rehearsal.Stage.Entrance;

/// What clients do all day. Each method is one client, on the caller's thread; it ends early when the stage says
/// so. The server must be a demo's: any user with the password `demo`.
public final class Play {
    /// Lines of a letter that lies in the large mailbox.
    private static final int SHORT = 12;

    private static final int TOGETHER = 100;

    /// A mailbox that has become larger than this is emptied: the work must stay small.
    private static final int EMPTY_EVERY = 40;

    private static final List<String> READING = List.of(
            "FETCH 1:* (FLAGS)",
            "FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)",
            "FETCH 1:* (BODYSTRUCTURE)",
            "FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (DATE FROM TO CC SUBJECT MESSAGE-ID REFERENCES)])",
            "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (LIST-ID X-SPAM-SCORE USER-AGENT)])",
            "UID FETCH 1:* (FLAGS)",
            "FETCH 1:* (BODY.PEEK[])");

    private static final List<String> SEARCHING = List.of(
            "SEARCH ALL",
            "SEARCH UNSEEN SINCE 1-Jan-2026",
            "SEARCH SENTSINCE 1-May-2026",
            "SEARCH SUBJECT meeting",
            "SEARCH FROM dept17.example.org",
            "UID SEARCH RETURN (ALL COUNT) LARGER 5000",
            "SEARCH BODY absent-word",
            "SEARCH HEADER LIST-ID team.example.com",
            "SORT (REVERSE DATE) UTF-8 ALL",
            "SORT (SUBJECT) UTF-8 ALL",
            "UID SORT (FROM) UTF-8 UNSEEN",
            "THREAD REFERENCES UTF-8 ALL",
            "STATUS Archive (MESSAGES UNSEEN UIDNEXT)");

    private static final List<String> CHANGING = List.of(
            "STORE 1:* +FLAGS (\\Flagged)",
            "STORE 1:* -FLAGS (\\Flagged)",
            "STORE 1:* +FLAGS.SILENT ($Rehearsed)",
            "CREATE Copied",
            "COPY 1:* Copied",
            "CREATE Moved",
            "SELECT Copied",
            "MOVE 1:* Moved",
            "SELECT Moved",
            "STORE 1:* +FLAGS.SILENT (\\Deleted)",
            "EXPUNGE",
            "SELECT Archive",
            "DELETE Copied",
            "DELETE Moved");

    private final Stage stage;

    public Play(Stage stage) {
        this.stage = stage;
    }

    /// A session with a small mailbox.
    public void session(Entrance entrance, String user, int round) throws IOException {
        try (Partner client = stage.enter(entrance)) {
            client.command("CAPABILITY");
            login(client, user);
            client.command("LIST \"\" *");
            client.command("CREATE box" + round);
            byte[] letter = Letters.letter(round, 2 * SHORT);
            client.command("APPEND INBOX (\\Seen) {" + letter.length + "}");
            client.rest(new String(letter, StandardCharsets.US_ASCII) + "\r\n");
            append(client, "INBOX", round + 1, 1, 100);
            say(client, day(round));
        }
    }

    private static List<String> day(int round) {
        return List.of(
                "STATUS INBOX (MESSAGES UIDNEXT UNSEEN)",
                "SELECT INBOX",
                "FETCH 1:* (UID FLAGS)",
                "FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)",
                "FETCH 1:* BODYSTRUCTURE",
                "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (From To Cc Subject Date Message-ID)])",
                "UID FETCH 1:* (BODY.PEEK[] BODY.PEEK[1]<0.100> BODY.PEEK[HEADER])",
                "SEARCH SUBJECT round UNSEEN",
                "SEARCH OR FROM anna BODY hello",
                "STORE 1:* +FLAGS ($Train)",
                "UID STORE 1:* -FLAGS.SILENT ($Train)",
                "STORE 1 +FLAGS (\\Seen)",
                "COPY 1:* box" + round,
                "IDLE",
                "DONE",
                "NOOP",
                round % EMPTY_EVERY == EMPTY_EVERY - 1 ? "STORE 1:* +FLAGS.SILENT (\\Deleted)" : "CHECK",
                "EXPUNGE",
                "CLOSE",
                "DELETE box" + round,
                "LOGOUT");
    }

    /// Mail comes in.
    public void delivery(String user, int round) throws IOException {
        try (Partner client = stage.enter(Entrance.LMTP)) {
            client.line("LHLO localhost");
            client.line("MAIL FROM:<bounce@example.org>");
            client.line("RCPT TO:<" + user + "@localhost>");
            client.line("RCPT TO:<" + user + "2@localhost>");
            deliver(client, round, 2 * SHORT, 2);
            for (int i = 1; i < 4 && stage.mayGoOn(); i++) {
                client.line("MAIL FROM:<bounce@example.org> BODY=8BITMIME");
                client.line("RCPT TO:<" + user + ">");
                deliver(client, round + i, 100, 1);
            }
            client.line("QUIT");
        }
    }

    private static void deliver(Partner client, int number, int lines, int recipients) throws IOException {
        client.line("DATA");
        client.line(new String(Letters.letter(number, lines), StandardCharsets.US_ASCII) + ".", recipients);
    }

    /// Logs in and out, which is all that some clients do.
    public void visit(Entrance entrance, String user) throws IOException {
        try (Partner client = stage.enter(entrance)) {
            login(client, user);
            client.command("LOGOUT");
        }
    }

    /// Fills the large mailbox up.
    public void fill(String user, int messages) throws IOException {
        try (Partner client = stage.enter(Entrance.IMAP)) {
            login(client, user);
            client.command("CREATE Archive"); // refused when it is there
            client.command("SELECT Archive");
            for (long there = client.number("UIDNEXT") - 1; there < messages && stage.mayGoOn(); there += TOGETHER) {
                append(client, "Archive", (int) there, TOGETHER, SHORT);
            }
            client.command("LOGOUT");
        }
    }

    private static void append(Partner client, String mailbox, int from, int count, int lines) throws IOException {
        byte[] letters = Letters.many(from, count, lines);
        client.command("APPEND " + mailbox + " " + new String(letters, StandardCharsets.US_ASCII));
    }

    /// Reads the large mailbox, searches it and changes it.
    ///
    /// @param singles commands for one message each
    public void large(String user, int singles) throws IOException {
        try (Partner client = stage.enter(Entrance.IMAP)) {
            login(client, user);
            for (int i = 0; i < 3; i++) {
                say(client, List.of("SELECT Archive", "UNSELECT"));
            }
            say(client, List.of("SELECT Archive"));
            say(client, READING);
            say(client, SEARCHING);
            say(client, List.of("SELECT Archive"));
            long messages = Math.max(1, client.number("UIDNEXT") - 1);
            for (int i = 0; i < singles && stage.mayGoOn(); i++) {
                long number = 1 + i * 7919L % messages;
                client.command("STORE " + number + (i % 2 == 0 ? " +" : " -") + "FLAGS (\\Seen)");
                client.command("FETCH " + number + " (UID FLAGS BODY.PEEK[])");
            }
            say(client, CHANGING);
            resynchronise(client, messages, singles);
            client.command("LOGOUT");
        }
    }

    /// A client that comes back and asks what has changed. RFC 7162 3.2.5
    private void resynchronise(Partner client, long messages, int changes) throws IOException {
        say(client, List.of("ENABLE QRESYNC", "CREATE Half", "COPY 1:" + (messages + 1) / 2 + " Half", "SELECT Half"));
        String known = client.number("UIDVALIDITY") + " " + client.number("HIGHESTMODSEQ");
        for (int i = 0; i < changes && stage.mayGoOn(); i++) {
            long number = 1 + i * 7907L % ((messages + 1) / 2);
            client.command("STORE " + number + " +FLAGS.SILENT (" + (i % 9 == 0 ? "\\Deleted" : "$Again") + ")");
        }
        client.command("EXPUNGE");
        for (int i = 0; i < 5; i++) {
            say(client, List.of("SELECT Half (QRESYNC (" + known + "))"));
        }
        say(client, List.of("UNSELECT", "DELETE Half"));
    }

    private static void login(Partner client, String user) throws IOException {
        client.command("LOGIN " + user + " demo");
    }

    private void say(Partner client, List<String> commands) throws IOException {
        for (String command : commands) {
            if (!stage.mayGoOn()) {
                return;
            }
            if (command.equals("DONE")) {
                client.rest("DONE\r\n");
            } else {
                client.command(command);
            }
            if (!client.accepted()) {
                stage.refused(command);
            }
        }
    }
}
