package palomar.auth;

import java.io.ByteArrayOutputStream;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.net.Connection;
import palomar.sasl.Channel;
import palomar.sasl.ChannelBinding;
import palomar.sasl.Mechanism;
import palomar.sasl.Mechanisms;

/// How one connection may log in, for every protocol: what to announce, exchanges, and passwords without a
/// mechanism. Lives on the session's thread; made anew after STARTTLS or asked again, it sees the connection as it
/// is then.
public final class SaslOffer {
    private final Authenticator door;
    private final Connection connection;
    private final String service;
    private final Mechanisms mechanisms;
    private final boolean plaintext;
    private final SocketAddress peer;

    /// @param service the protocol's name for passdbs
    /// @param plaintext may passwords cross any line, as the configuration says?
    public SaslOffer(
            Authenticator door, Connection connection, String service, Mechanisms mechanisms, boolean plaintext) {
        this(door, connection, service, mechanisms, plaintext, connection.peer());
    }

    private SaslOffer(
            Authenticator door,
            Connection connection,
            String service,
            Mechanisms mechanisms,
            boolean plaintext,
            SocketAddress peer) {
        this.door = door;
        this.connection = connection;
        this.service = service;
        this.mechanisms = mechanisms;
        this.plaintext = plaintext;
        this.peer = peer;
    }

    /// The same for a client whose address a trusted proxy has told.
    public SaslOffer speaksFor(SocketAddress client) {
        return new SaslOffer(door, connection, service, mechanisms, plaintext, client);
    }

    /// May a password cross this line?
    public boolean plaintext() {
        return plaintext || connection.secured() || connection.isLoopback();
    }

    /// The mechanisms to announce.
    public List<String> names() {
        return mechanisms.names(channel());
    }

    /// What became of the wish for a mechanism.
    public sealed interface Begun {
        record Ready(SaslLogin login) implements Begun {}

        /// It is not offered here.
        record Unknown() implements Begun {}

        /// It would show the password to whoever reads the line.
        record NeedsTls() implements Begun {}
    }

    /// Begins an exchange.
    ///
    /// @param name in any case
    /// @param carriesSuccessData as [SaslLogin] takes it
    public Begun begin(String name, boolean carriesSuccessData) {
        Optional<Mechanism> begun = mechanisms.begin(name, channel());
        if (begun.isEmpty()) {
            return new Begun.Unknown();
        }
        if (mechanisms.plaintext(name) && !plaintext()) {
            return new Begun.NeedsTls();
        }
        return new Begun.Ready(new SaslLogin(begun.get(), door, client(), carriesSuccessData));
    }

    /// LOGIN of IMAP and PASS of POP3: as PLAIN would carry it, so that names are prepared and bounded in one way.
    /// The caller wipes the password.
    public SaslLogin.Turn password(String user, byte[] password) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(0);
        message.writeBytes(user.getBytes(StandardCharsets.UTF_8));
        message.write(0);
        message.writeBytes(password);
        byte[] response = message.toByteArray();
        try {
            Mechanism plain = Mechanisms.STANDARD.begin("PLAIN").orElseThrow();
            return new SaslLogin(plain, door, client()).answer(response);
        } finally {
            Arrays.fill(response, (byte) 0);
        }
    }

    private ClientAddress client() {
        return new ClientAddress(service, peer, connection.secured() || connection.isLoopback(), connection.id());
    }

    private Channel channel() {
        return new Channel(plaintext(), door.scram(), binding());
    }

    private ChannelBinding binding() {
        return new ChannelBinding() {
            @Override
            public boolean available() {
                return connection.channelBinding().isPresent();
            }

            @Override
            public Optional<byte[]> data(String type) {
                return switch (type) {
                    case "tls-exporter" -> connection.channelBinding();
                    case "tls-server-end-point" -> connection.endPointBinding();
                    default -> Optional.empty();
                };
            }
        };
    }
}
