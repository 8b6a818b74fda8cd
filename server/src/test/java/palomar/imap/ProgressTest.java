package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import palomar.acl.Acl;
import palomar.storage.Attributes;
import palomar.storage.Mailbox;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;
import palomar.testkit.WireClient;

/// INPROGRESS while the store is busy with one long call. RFC 9585. What loops tell is in transcripts.
class ProgressTest {
    /// What is behind each of our mailboxes, so that a copy finds the real one.
    private final Map<Object, Object> real = Collections.synchronizedMap(new IdentityHashMap<>());

    private volatile CountDownLatch goOn = new CountDownLatch(0);

    /// What of the store waits.
    private volatile String slow = "";

    /// The object, but one of its methods waits until the test lets them go on, and what it gives out waits
    /// too.
    private <T> T slow(Class<T> type, T target) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            Object[] given = args == null ? new Object[0] : args.clone();
            for (int i = 0; i < given.length; i++) {
                given[i] = given[i] == null ? null : real.getOrDefault(given[i], given[i]);
            }
            if (slow.equals(method.getName())) {
                goOn.await();
            }
            try {
                Object result = method.invoke(target, given);
                if (result instanceof UserMail mail) {
                    return slow(UserMail.class, mail);
                }
                if (result instanceof Acl acl) {
                    return slow(Acl.class, acl);
                }
                if (result instanceof Attributes attributes) {
                    return slow(Attributes.class, attributes);
                }
                return result instanceof Mailbox mailbox ? slow(Mailbox.class, mailbox) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        real.put(proxy, target);
        return type.cast(proxy);
    }

    @Test
    void aLongCallOfTheStoreIsToldOfUntilItIsOver() throws Exception {
        Storage storage = slow(Storage.class, new MemoryStorage(InstantSource.system(), Seeds.random("progress")));
        try (TestServer server = new TestServer(storage, List.of("hasty 11"));
                WireClient client =
                        WireClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            server.fill("INBOX", Collections.nCopies(150, "bare"));
            server.fill("other", List.of());
            client.expect("* OK ");
            client.send("l LOGIN anna secret\r\nm SELECT INBOX\r\n");
            assertThat(until(client, "m OK")).isNotEmpty();
            for (String command : List.of(
                    "STORE 1:* +FLAGS.SILENT (\\Deleted)",
                    "COPY 1:* other",
                    "MOVE 1:140 other",
                    "UID EXPUNGE 1:*",
                    "APPEND other {3+}\r\na:b",
                    "STATUS other (MESSAGES)",
                    "LIST \"\" * RETURN (STATUS (MESSAGES))",
                    "SETACL other fred lr",
                    "DELETEACL other fred",
                    "SETMETADATA \"\" (/private/comment \"x\")",
                    "CREATE new",
                    "SUBSCRIBE new",
                    "UNSUBSCRIBE new",
                    "RENAME new newer",
                    "DELETE newer",
                    "SELECT other",
                    "REPLACE 1 other {3+}\r\na:b",
                    "STORE 1 ANNOTATION (/comment (value.priv \"x\"))",
                    "CLOSE",
                    "EXAMINE other")) {
                slow = method(command);
                goOn = new CountDownLatch(1);
                client.send("t " + command + "\r\n");
                boolean loop = command.startsWith("LIST");
                if (!loop) {
                    until(client, "* OK [INPROGRESS (\"t\" NIL NIL)] ");
                    client.expect("* OK [INPROGRESS (\"t\" NIL NIL)] ");
                }
                goOn.countDown();
                List<String> rest = until(client, "t OK");
                if (loop) {
                    assertThat(rest).anyMatch(line -> line.startsWith("* OK [INPROGRESS (\"t\" 1 2)]"));
                }
            }
        }
    }

    private static String method(String command) {
        String word = command.substring(0, (command + " ").indexOf(' '));
        return switch (word) {
            case "UID", "CLOSE" -> "expunge";
            case "SELECT", "EXAMINE" -> "open";
            case "LIST" -> "status";
            case "SETACL", "SETMETADATA" -> "change";
            case "DELETEACL" -> "remove";
            case "STORE" -> command.contains("ANNOTATION") ? "annotate" : "store";
            default -> word.toLowerCase(Locale.ROOT);
        };
    }

    private static List<String> until(WireClient client, String tagged) throws Exception {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(client.readLine());
        } while (!lines.getLast().startsWith(tagged));
        return lines;
    }
}
