package palomar.imap;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteInput;
import palomar.event.Event;
import palomar.imap.proto.CommandReader;
import palomar.imap.proto.MetadataWriter;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.Tag;
import palomar.net.Connection;
import palomar.storage.UserMail;

/// What a session's handlers share: the two directions of the connection, what the client has switched on, and the
/// scope of its events. Belongs to the session.
final class Dialogue {
    private final Connection connection;
    private final ImapSettings settings;
    private final InstantSource clock;
    private final Tickers tickers;
    private final CommandReader reader;
    private final ResponseWriter out;
    private final Enabled enabled = new Enabled();
    private @Nullable MetadataWatch metadataWatch;
    private @Nullable ServerAnnotations server;
    private Referrals referrals = Referrals.NONE;
    private @Nullable Happenings happenings;
    private Event events;

    Dialogue(ImapService service, Connection connection, ImapSettings settings, Event events) {
        this.connection = connection;
        this.settings = settings;
        this.clock = service.clock();
        this.tickers = service.tickers();
        this.events = events;
        this.out = new ResponseWriter(connection.out());
        this.reader = new CommandReader(connection.in(), this::proceed, settings.strangers());
    }

    /// `+`: the client waits for it before it sends a literal.
    private void proceed() throws IOException {
        out.continuation("OK");
        out.flush();
    }

    Connection connection() {
        return connection;
    }

    /// Can nobody listen on the way to the client?
    boolean isPrivate() {
        return connection.secured() || connection.isLoopback();
    }

    ImapSettings settings() {
        return settings;
    }

    Tickers tickers() {
        return tickers;
    }

    InstantSource clock() {
        return clock;
    }

    ByteInput in() {
        return connection.in();
    }

    CommandReader reader() {
        return reader;
    }

    ResponseWriter out() {
        return out;
    }

    /// Which of the user's mailboxes are elsewhere.
    Referrals referrals() {
        return referrals;
    }

    void referrals(Referrals known) {
        referrals = known;
    }

    /// Who hears of what this user's commands do with messages. Only after login.
    Happenings happenings() {
        return Objects.requireNonNull(happenings);
    }

    void happenings(Happenings told) {
        happenings = told;
    }

    /// The server's annotations, as the user has them who is logged in.
    ServerAnnotations server() {
        return Objects.requireNonNull(server);
    }

    void server(ServerAnnotations opened) {
        server = opened;
    }

    Enabled enabled() {
        return enabled;
    }

    Event events() {
        return events;
    }

    /// From here on each event names the user.
    void user(String name) {
        events = events.with("user", name);
        connection.user(name);
        reader.limits(settings.users());
    }

    /// Mailbox names and texts are UTF-8 from here on, in both directions.
    void enableRev2() {
        enabled.enableRev2();
        reader.utf8(true);
        out.utf8(true);
    }

    /// Others' changes of annotations are told from here on. RFC 5464 4.4
    ///
    /// @param mailboxes those of mailboxes too, not only the server's
    /// @return true when that is new
    boolean enableMetadata(UserMail mail, boolean mailboxes) throws IOException {
        MetadataWatch before = metadataWatch;
        if (before != null && (before.mailboxes() || !mailboxes)) {
            return false;
        }
        tellMetadata();
        endWatch();
        metadataWatch = new MetadataWatch(mail, server(), mailboxes);
        return true;
    }

    @Nullable
    MetadataWatch metadataWatch() {
        return metadataWatch;
    }

    /// What others changed in annotations, when the client wants to know.
    void tellMetadata() throws IOException {
        MetadataWatch watch = metadataWatch;
        if (watch != null) {
            watch.tell(new MetadataWriter(out));
        }
    }

    void endMetadata() {
        endWatch();
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private void endWatch() {
        MetadataWatch watch = metadataWatch;
        if (watch != null) {
            watch.close();
            metadataWatch = null;
        }
    }

    /// Message sequence numbers are neither taken nor told from here on. RFC 9586 3
    void enableUidOnly() {
        enabled.enableUidOnly();
        reader.uidOnly(true);
        out.uidOnly(true);
    }

    /// The same without the rest of rev2, and SEARCH takes no CHARSET any more. RFC 9755 3
    void enableUtf8() {
        enabled.enableUtf8();
        reader.utf8(true);
        reader.refuseCharset();
        out.utf8(true);
    }

    /// As [#enableCondstore], with or without a mailbox.
    void knowsModSeqs(@Nullable SelectedMailbox box) throws IOException {
        if (box == null) {
            enabled.enableCondstore();
        } else {
            enableCondstore(box);
        }
    }

    /// The client has shown that it knows mod-sequences. When that happens with a mailbox selected it learns at
    /// once where it stands. RFC 7162 3.1
    void enableCondstore(SelectedMailbox box) throws IOException {
        if (!enabled.condstore()) {
            enabled.enableCondstore();
            out.ok(Tag.NONE, new ResponseCode.HighestModSeq(box.coveredModSeq()), "highest mod-sequence");
        }
    }
}
