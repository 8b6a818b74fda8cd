package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import palomar.testkit.ImapClient;
import palomar.testkit.ImapReply;

/// A client that works at random in a mailbox that others change too, and believes what it is told: at the end what
/// it believes must be what is there. One thread.
final class ModelSession implements AutoCloseable {
    private static final String[] FLAGS = {"\\Seen", "\\Flagged", "\\Deleted", "\\Answered", "$Work", "Later"};

    private final String name;
    private final boolean qresync;
    private final ImapClient client;
    private final RandomGenerator random;
    private final List<Message> messages = new ArrayList<>();

    /// @param flags null until they were told
    private static final class Message {
        private long uid;
        private @Nullable Set<String> flags;
    }

    ModelSession(String name, int port, String enable, RandomGenerator random) throws IOException {
        this.name = name;
        this.random = random;
        this.qresync = enable.equals("QRESYNC");
        this.client = ImapClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.ok("LOGIN anna secret");
        if (!enable.isEmpty()) {
            client.ok("ENABLE " + enable);
        }
        take(client.ok("SELECT INBOX"), true);
        learn();
    }

    /// One random command.
    void step() throws IOException {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> store(false);
            case 3, 4 -> store(true);
            case 5 -> take(client.ok("NOOP"), true);
            case 6 -> take(client.command("EXPUNGE"), true);
            case 7 -> fetch();
            case 8 -> search();
            case 9 -> take(client.ok("APPEND INBOX (" + flag() + ")", mail()), true);
            case 10 -> move();
            default -> idle();
        }
        learn();
    }

    private static byte[] mail() {
        return "Subject: model\r\n\r\nText\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private String flag() {
        return FLAGS[random.nextInt(FLAGS.length)];
    }

    private void store(boolean byUid) throws IOException {
        if (messages.isEmpty()) {
            return;
        }
        int from = random.nextInt(messages.size());
        int to = Math.min(messages.size() - 1, from + random.nextInt(3));
        boolean silent = random.nextBoolean();
        boolean add = random.nextBoolean();
        String flag = flag();
        List<Message> targets = List.copyOf(messages.subList(from, to + 1));
        String set = byUid ? messages.get(from).uid + ":" + messages.get(to).uid : (from + 1) + ":" + (to + 1);
        ImapClient.Result result = client.ok((byUid ? "UID " : "") + "STORE " + set + (add ? " +" : " -") + "FLAGS"
                + (silent ? ".SILENT" : "") + " (" + flag + ")");
        if (silent) {
            for (Message target : targets) {
                if (target.flags != null) {
                    Set<String> now = new TreeSet<>(target.flags);
                    boolean changed = add ? now.add(flag) : now.remove(flag);
                    target.flags = changed ? now : target.flags;
                }
            }
        }
        take(result, byUid);
    }

    private void fetch() throws IOException {
        if (!messages.isEmpty()) {
            int seq = 1 + random.nextInt(messages.size());
            take(client.ok("FETCH " + seq + " (UID FLAGS)"), false);
        }
    }

    private void search() throws IOException {
        int known = messages.size();
        ImapClient.Result result = client.ok("SEARCH ALL");
        assertThat(result.one("SEARCH").values().size() - 1).as(name).isEqualTo(known);
        take(result, false);
    }

    private void move() throws IOException {
        if (messages.size() > 20) {
            int seq = 1 + random.nextInt(messages.size());
            take(client.command("MOVE " + seq + " Other"), true);
        }
    }

    private void idle() throws IOException {
        client.idle().forEach(reply -> take(reply, true));
        take(client.done(), true);
    }

    /// UIDs and flags of what was only announced.
    private void learn() throws IOException {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).uid == 0) {
                take(client.ok("FETCH " + (i + 1) + ":* (UID FLAGS)"), false);
            }
        }
    }

    private void take(ImapClient.Result result, boolean mayExpunge) {
        result.untagged().forEach(reply -> take(reply, mayExpunge));
    }

    private void take(ImapReply reply, boolean mayExpunge) {
        switch (reply.name()) {
            case "EXISTS" -> {
                assertThat(reply.number()).as(name).isGreaterThanOrEqualTo(messages.size());
                while (messages.size() < reply.number()) {
                    messages.add(new Message());
                }
            }
            case "EXPUNGE" -> {
                assertThat(mayExpunge && !qresync).as(name + ": EXPUNGE").isTrue();
                messages.remove((int) reply.number() - 1);
            }
            case "VANISHED" -> {
                assertThat(mayExpunge && qresync).as(name + ": VANISHED").isTrue();
                for (String range : reply.atom(1).split(",")) {
                    vanish(range);
                }
            }
            case "FETCH" -> fetched(reply);
            default -> {}
        }
    }

    private void vanish(String range) {
        String[] ends = range.split(":");
        long first = Long.parseLong(ends[0]);
        long last = Long.parseLong(ends[ends.length - 1]);
        int before = messages.size();
        messages.removeIf(message -> message.uid >= first && message.uid <= last);
        assertThat(before - messages.size()).as(name + ": VANISHED " + range).isEqualTo((int) (last - first + 1));
    }

    private void fetched(ImapReply reply) {
        Message message = messages.get((int) reply.number() - 1);
        Map<String, ImapReply.Value> items = reply.fetch();
        if (items.containsKey("UID")) {
            long uid = Long.parseLong(ImapReply.string(items.get("UID")));
            assertThat(message.uid == 0 || message.uid == uid)
                    .as(name + ": UID " + uid + " where " + message.uid + " was known")
                    .isTrue();
            message.uid = uid;
        }
        if (items.get("FLAGS") instanceof ImapReply.Items(List<ImapReply.Value> list)) {
            Set<String> flags = new TreeSet<>();
            list.forEach(flag -> flags.add(ImapReply.string(flag)));
            flags.remove("\\Recent");
            message.flags = flags;
        }
    }

    /// What the client believes after a last NOOP, one line a message.
    List<String> belief() throws IOException {
        take(client.ok("NOOP"), true);
        learn();
        List<String> lines = new ArrayList<>();
        for (Message message : messages) {
            lines.add(message.uid + " " + message.flags);
        }
        return lines;
    }

    /// What is there, asked anew.
    List<String> truth() throws IOException {
        List<String> lines = new ArrayList<>();
        if (messages.isEmpty()) {
            return lines;
        }
        for (ImapReply reply : client.ok("FETCH 1:* (UID FLAGS)").all("FETCH")) {
            Map<String, ImapReply.Value> items = reply.fetch();
            Set<String> flags = new TreeSet<>();
            ((ImapReply.Items) items.get("FLAGS")).values().forEach(flag -> flags.add(ImapReply.string(flag)));
            flags.remove("\\Recent");
            lines.add(ImapReply.string(items.get("UID")) + " " + flags);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
