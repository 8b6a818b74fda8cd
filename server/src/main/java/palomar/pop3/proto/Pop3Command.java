package palomar.pop3.proto;

import java.util.Map;
import java.util.Optional;

/// What a client asks. RFC 1939 5 to 7
public sealed interface Pop3Command {

    /// @param name as it came, not empty
    record User(String name) implements Pop3Command {}

    /// @param password all behind the blank, other blanks included
    record Pass(byte[] password) implements Pop3Command {
        @Override
        public String toString() {
            return "Pass";
        }
    }

    /// RFC 5034 4
    ///
    /// @param mechanism in capitals; empty: which are there?
    /// @param initial decoded; `=` is an empty one
    record Auth(String mechanism, Optional<byte[]> initial) implements Pop3Command {
        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    /// RFC 2449 5
    record Capa() implements Pop3Command {}

    /// RFC 2595 4
    record Stls() implements Pop3Command {}

    /// RFC 6856 2.1
    record Utf8() implements Pop3Command {}

    /// RFC 6856 3
    ///
    /// @param range empty: which languages are there?
    record Lang(Optional<String> range) implements Pop3Command {}

    /// A trusted proxy says whom it speaks for, in Dovecot's way.
    ///
    /// @param attributes by name in capitals, as they came; `[UNAVAILABLE]` is left out
    record Xclient(Map<String, String> attributes) implements Pop3Command {
        public Xclient {
            attributes = Map.copyOf(attributes);
        }
    }

    record Quit() implements Pop3Command {}

    record Noop() implements Pop3Command {}

    record Stat() implements Pop3Command {}

    record Rset() implements Pop3Command {}

    /// @param number empty: all messages
    record List(Optional<Integer> number) implements Pop3Command {}

    /// @param number empty: all messages
    record Uidl(Optional<Integer> number) implements Pop3Command {}

    record Retr(int number) implements Pop3Command {}

    record Dele(int number) implements Pop3Command {}

    /// @param lines of the body; 0 and up
    record Top(int number, long lines) implements Pop3Command {}

    /// @param why for the client
    record Malformed(String why) implements Pop3Command {}

    /// The line is so long that the client can't be followed any more.
    record Hopeless() implements Pop3Command {}

    record EndOfInput() implements Pop3Command {}
}
