package palomar.managesieve.proto;

import java.util.Optional;

/// What a client says. RFC 5804 2
///
/// Names of scripts come as they were sent: valid UTF-8, but not looked at otherwise.
public sealed interface Command {

    /// Valid in every state. RFC 5804 4: command-any
    sealed interface Anytime extends Command {}

    /// Valid before login only. RFC 5804 4: command-nonauth
    sealed interface ForStrangers extends Command {}

    /// Valid after login only. RFC 5804 4: command-auth
    sealed interface ForUsers extends Command {}

    /// RFC 5804 2.1
    ///
    /// @param initialResponse base64 as it came
    record Authenticate(String mechanism, Optional<byte[]> initialResponse) implements ForStrangers {
        @Override
        public String toString() {
            return "Authenticate[" + mechanism + "]";
        }
    }

    /// RFC 5804 2.2
    record StartTls() implements ForStrangers {}

    /// RFC 5804 2.3
    record Logout() implements Anytime {}

    /// RFC 5804 2.4
    record Capability() implements Anytime {}

    /// RFC 5804 2.5
    ///
    /// @param size in bytes, 0 to 2^32-1
    record HaveSpace(String name, long size) implements ForUsers {}

    /// RFC 5804 2.6
    record PutScript(String name, byte[] content) implements ForUsers {
        @Override
        public String toString() {
            return "PutScript[" + name + ", " + content.length + " bytes]";
        }
    }

    /// RFC 5804 2.7
    record ListScripts() implements ForUsers {}

    /// RFC 5804 2.8
    ///
    /// @param name empty: no script is to be active
    record SetActive(String name) implements ForUsers {}

    /// RFC 5804 2.9
    record GetScript(String name) implements ForUsers {}

    /// RFC 5804 2.10
    record DeleteScript(String name) implements ForUsers {}

    /// RFC 5804 2.11
    record RenameScript(String from, String to) implements ForUsers {}

    /// RFC 5804 2.12
    record CheckScript(byte[] content) implements ForUsers {
        @Override
        public String toString() {
            return "CheckScript[" + content.length + " bytes]";
        }
    }

    /// RFC 5804 2.13
    record Noop(Optional<byte[]> tag) implements Anytime {
        @Override
        public String toString() {
            return "Noop[" + (tag.isPresent() ? tag.get().length + " bytes" : "") + "]";
        }
    }

    /// RFC 5804 2.14.1
    record Unauthenticate() implements ForUsers {}

    /// PUTSCRIPT or CHECKSCRIPT with a script above [Limits#script()], which was skipped.
    ///
    /// @param size what the client announced
    record TooBig(long size) implements ForUsers {}

    /// Against the grammar; skipped. The text is for the client.
    record Malformed(String why) implements Anytime {}

    /// No such command; skipped.
    record Unknown() implements Anytime {}

    /// After this the connection is of no use. The text is for the client.
    record Hopeless(String why) implements Anytime {}
}
