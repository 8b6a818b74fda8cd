package palomar.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import palomar.config.ListenerSettings;
import palomar.config.ListenerSettings.Protocol;
import palomar.config.PalomarSettings;
import palomar.config.ServerSettings;

/// What house is to be built.
///
/// @param file the configuration, to read again on reload; empty for a demo
/// @param demo everybody may enter with the password `demo`
public record Plan(PalomarSettings settings, Optional<Path> file, boolean demo) {

    public static Plan configured(PalomarSettings settings, Path file) {
        return new Plan(settings, Optional.of(file), false);
    }

    /// Loopback only, on `basePort` plus each protocol's usual port; with -1 on ports that the system chooses.
    public static Plan demo(Path data, int basePort) {
        PalomarSettings usual = PalomarSettings.defaults();
        List<ListenerSettings> listeners = List.of(
                loopback(Protocol.IMAP, basePort),
                loopback(Protocol.IMAPS, basePort),
                loopback(Protocol.LMTP, basePort),
                loopback(Protocol.MANAGESIEVE, basePort),
                loopback(Protocol.POP3, basePort),
                loopback(Protocol.POP3S, basePort),
                loopback(Protocol.SUBMISSION, basePort),
                loopback(Protocol.SUBMISSIONS, basePort));
        ServerSettings server = new ServerSettings(
                data,
                Optional.of("localhost"),
                Optional.empty(),
                usual.server().grace(),
                usual.server().warmUp());
        return new Plan(
                new PalomarSettings(
                        server,
                        listeners,
                        usual.tls(),
                        usual.limits(),
                        usual.imap(),
                        usual.mailbox(),
                        usual.quota(),
                        usual.lmtp(),
                        usual.relay(),
                        usual.sieve(),
                        usual.imapsieve(),
                        usual.managesieve(),
                        usual.pop3(),
                        usual.submission(),
                        usual.auth(),
                        usual.storage(),
                        usual.log()),
                Optional.empty(),
                true);
    }

    private static ListenerSettings loopback(Protocol protocol, int basePort) {
        int port = basePort < 0 ? 0 : basePort + protocol.usualPort();
        return ListenerSettings.tcp(protocol, "127.0.0.1", port);
    }

    /// The same house with other settings.
    Plan with(PalomarSettings changed) {
        return new Plan(changed, file, demo);
    }
}
