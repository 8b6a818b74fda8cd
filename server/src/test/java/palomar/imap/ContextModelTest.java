package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;
import palomar.testkit.TestStores;
import palomar.testkit.WireClient;

/// A client that keeps results by ADDTO and REMOVEFROM always has what a new search would find, in its order,
/// whatever it and others do. RFC 5267 4.3
class ContextModelTest {
    private static final Map<String, String> SEARCHES = new LinkedHashMap<>();

    static {
        SEARCHES.put("unseen", "UID SEARCH %s UNSEEN");
        SEARCHES.put("either", "UID SEARCH %s OR FLAGGED NOT SUBJECT lunch");
        SEARCHES.put("all", "UID SEARCH %s ALL");
        SEARCHES.put("numbers", "SEARCH %s UNFLAGGED");
        SEARCHES.put("arrival", "UID SORT %s (REVERSE ARRIVAL) UTF-8 UNSEEN");
        SEARCHES.put("subject", "SORT %s (SUBJECT REVERSE SIZE) UTF-8 UNDELETED");
    }

    private static final List<String> MAILS = List.of("plain", "reply", "bare", "encoded", "attachment");
    private static final List<String> FLAGS = List.of("\\Seen", "\\Flagged", "\\Deleted");

    private final RandomGenerator random = Seeds.random("ContextModelTest");
    private final Map<String, List<Long>> kept = new LinkedHashMap<>();
    private int commands;

    /// Of the client with the contexts.
    private int exists;

    @ParameterizedTest
    @EnumSource(TestStores.class)
    void resultsKeptByUpdatesAreThoseOfANewSearch(TestStores store, @TempDir Path folder) throws IOException {
        try (TestServer server = new TestServer(store.open(folder), List.of());
                WireClient watcher = client(server);
                WireClient other = client(server)) {
            server.fill("INBOX", List.of("plain @2026-02-01", "reply (\\Seen) @2026-01-05", "bare @2026-03-01"));
            select(watcher);
            select(other);
            for (Map.Entry<String, String> search : SEARCHES.entrySet()) {
                kept.put(search.getKey(), new ArrayList<>());
                List<String> answer =
                        say(watcher, search.getKey(), search.getValue().formatted("RETURN (UPDATE ALL)"));
                for (String line : answer) {
                    int all = line.indexOf(" ALL ");
                    if (line.startsWith("* ESEARCH") && all > 0) {
                        kept.get(search.getKey()).addAll(numbers(line.substring(all + 5)));
                    }
                }
            }
            for (int round = 0; round < 60; round++) {
                change(server, random.nextInt(3) == 0 ? watcher : other, other);
                if (random.nextInt(3) == 0) {
                    follow(say(watcher, "f" + commands, "FETCH 1 UID"));
                }
                follow(say(watcher, "n" + ++commands, "NOOP"));
                compare(watcher, round);
            }
        }
    }

    private static WireClient client(TestServer server) throws IOException {
        WireClient client = WireClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        client.expect("* OK ");
        return client;
    }

    private void select(WireClient client) throws IOException {
        say(client, "l", "LOGIN anna secret");
        for (String line : say(client, "s", "SELECT INBOX")) {
            exists = line.endsWith(" EXISTS") ? number(line) : exists;
        }
    }

    private static List<String> say(WireClient client, String tag, String command) throws IOException {
        client.send(tag + " " + command + "\r\n");
        List<String> lines = new ArrayList<>();
        do {
            lines.add(client.readLine());
        } while (!lines.getLast().startsWith(tag + " "));
        return lines;
    }

    private void change(TestServer server, WireClient who, WireClient other) throws IOException {
        String tag = "c" + ++commands;
        List<String> answer = switch (random.nextInt(6)) {
            case 0 -> {
                server.deliver("INBOX", MAILS.get(random.nextInt(MAILS.size())));
                yield List.<String>of();
            }
            case 1 -> say(who, tag, "EXPUNGE");
            case 2 -> say(who, tag, "UID COPY " + uids() + " INBOX");
            default ->
                say(
                        who,
                        tag,
                        "UID STORE " + uids() + (random.nextBoolean() ? " +" : " -") + "FLAGS.SILENT ("
                                + FLAGS.get(random.nextInt(FLAGS.size())) + ")");
        };
        if (who != other) {
            follow(answer);
        }
    }

    private String uids() {
        int from = 1 + random.nextInt(40);
        return from + ":" + (from + random.nextInt(10));
    }

    private static int number(String line) {
        return Integer.parseInt(line.split(" ")[1]);
    }

    private void follow(List<String> lines) {
        for (String line : lines) {
            if (line.endsWith(" EXISTS")) {
                exists = number(line);
            } else if (line.endsWith(" EXPUNGE")) {
                expunge(number(line));
            } else if (line.startsWith("* ESEARCH (TAG \"")) {
                String tag = line.substring(16, line.indexOf('"', 16));
                update(kept.get(tag), line.substring(line.indexOf(')') + 1));
            }
        }
    }

    /// Numbers behind it move, in results that are kept by number.
    private void expunge(long seq) {
        exists--;
        for (String byNumber : List.of("numbers", "subject")) {
            List<Long> list = kept.get(byNumber);
            assertThat(list)
                    .as("REMOVEFROM before EXPUNGE, seed %d", Seeds.seed())
                    .doesNotContain(seq);
            list.replaceAll(number -> number > seq ? number - 1 : number);
        }
    }

    private void update(List<Long> list, String data) {
        int at = 0;
        while ((at = data.indexOf('(', at)) >= 0) {
            boolean add = data.substring(0, at).endsWith("ADDTO ");
            String[] pairs = data.substring(at + 1, data.indexOf(')', at)).split(" ");
            for (int i = 0; i < pairs.length; i += 2) {
                apply(list, add, Integer.parseInt(pairs[i]), numbers(pairs[i + 1]));
            }
            at++;
        }
    }

    private void apply(List<Long> list, boolean add, int position, List<Long> numbers) {
        assertThat(numbers).allMatch(number -> number >= 1);
        if (position == 0 && add) {
            list.addAll(numbers);
            list.sort(null);
        } else if (position == 0) {
            assertThat(list).containsAll(numbers);
            list.removeAll(numbers);
        } else if (add) {
            list.addAll(position - 1, numbers);
        } else {
            List<Long> there = list.subList(position - 1, position - 1 + numbers.size());
            assertThat(there).as("seed %d", Seeds.seed()).isEqualTo(numbers);
            there.clear();
        }
    }

    private static List<Long> numbers(String set) {
        List<Long> numbers = new ArrayList<>();
        for (String range : set.split(" ")[0].split(",")) {
            String[] ends = range.split(":");
            for (long n = Long.parseLong(ends[0]); n <= Long.parseLong(ends[ends.length - 1]); n++) {
                numbers.add(n);
            }
        }
        return numbers;
    }

    private void compare(WireClient watcher, int round) throws IOException {
        assertThat(kept.get("all")).as("seed %d", Seeds.seed()).hasSize(exists);
        for (Map.Entry<String, String> search : SEARCHES.entrySet()) {
            List<Long> found = new ArrayList<>();
            String command = search.getValue().formatted("RETURN (ALL)");
            for (String line : say(watcher, "x" + ++commands, command)) {
                int all = line.indexOf(" ALL ");
                if (line.startsWith("* ESEARCH") && all > 0) {
                    found.addAll(numbers(line.substring(all + 5)));
                }
            }
            assertThat(kept.get(search.getKey()))
                    .as("%s in round %d, seed %d", search.getKey(), round, Seeds.seed())
                    .isEqualTo(found);
        }
    }
}
