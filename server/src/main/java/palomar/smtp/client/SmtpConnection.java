package palomar.smtp.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import palomar.bytes.ByteOutput;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;

/// One connection to a relay, greeted, under TLS and logged in as the settings say. RFC 5321, RFC 2033
///
/// For a transaction: [#mail], [#recipient] for each, [#startData], [#data] or [#chunk], [#finishData]; [#reset]
/// gives one up. Every step throws [RelayTrouble] when the connection is done for; then it can only be closed. One
/// thread.
public final class SmtpConnection implements AutoCloseable {
    private static final int MOST_CHALLENGES = 8;

    private final RelaySettings settings;
    private final SmtpWire wire;
    private Extensions extensions = Extensions.NONE;
    private boolean secured;
    private boolean trusted;
    private boolean contentBegun;
    private boolean inTransaction;
    private boolean broken;
    private int transactions;

    private SmtpConnection(RelaySettings settings, SmtpWire wire) {
        this.settings = settings;
        this.wire = wire;
    }

    /// Connects and does everything before the first transaction.
    public static SmtpConnection open(RelaySettings settings, ClientTls tls, Watchdog watchdog) throws RelayTrouble {
        SmtpConnection connection = new SmtpConnection(settings, SmtpWire.connect(settings, watchdog));
        boolean fine = false;
        try {
            connection.begin(tls);
            fine = true;
            return connection;
        } catch (RelayTrouble trouble) {
            throw trouble;
        } catch (IOException broken) {
            throw new RelayTrouble("4.4.2", String.valueOf(broken.getMessage()));
        } finally {
            if (!fine) {
                connection.close();
            }
        }
    }

    private void begin(ClientTls tls) throws IOException {
        PhaseLimits limits = settings.limits();
        if (settings.tls() == RelaySettings.Tls.IMPLICIT) {
            secure(tls);
        }
        expect(wire.reply("its greeting", limits.greeting()), 220);
        hello();
        boolean wanted = settings.tls() == RelaySettings.Tls.STARTTLS || settings.tls() == RelaySettings.Tls.REQUIRED;
        if (wanted && extensions.has("STARTTLS")) {
            expect(command("STARTTLS"), 220);
            secure(tls);
            hello(); // what it said in plain counts no more: RFC 3207 4.2
        } else if (settings.tls() == RelaySettings.Tls.REQUIRED) {
            throw new RelayTrouble("4.7.4", "the relay " + settings.where() + " offers no STARTTLS, which is required");
        }
        if (settings.login().isPresent()) {
            login(settings.login().get());
        }
        wire.rest();
    }

    private void secure(ClientTls tls) throws RelayTrouble {
        wire.startTls(tls);
        secured = true;
        trusted = tls.verifies();
    }

    private void hello() throws IOException {
        boolean lmtp = settings.protocol() == RelaySettings.Protocol.LMTP;
        SmtpReply reply = command((lmtp ? "LHLO " : "EHLO ") + settings.helo());
        if (reply.code() >= 500 && !lmtp) {
            extensions = Extensions.NONE;
            expect(command("HELO " + settings.helo()), 250);
            return;
        }
        expect(reply, 250);
        extensions = Extensions.of(reply);
    }

    /// RFC 4954 4
    private void login(RelaySettings.Login login) throws IOException {
        boolean unheard = secured || wire.isLoopback();
        Optional<ClientMechanism> fit = ClientMechanism.all(login).stream()
                .filter(mechanism -> extensions.mechanisms().contains(mechanism.name()))
                .filter(mechanism -> unheard || !mechanism.showsPassword())
                .findFirst();
        if (fit.isEmpty()) {
            String why = extensions.mechanisms().isEmpty() || unheard
                    ? "has no AUTH mechanism that we know (PLAIN, LOGIN, CRAM-MD5)"
                    : "would have the password in plain, without TLS";
            throw new RelayTrouble("4.7.0", "can't log in: the relay " + settings.where() + " " + why);
        }
        ClientMechanism mechanism = fit.get();
        String first = mechanism.initial().map(bytes -> " " + base64(bytes)).orElse("");
        SmtpReply reply = command("AUTH " + mechanism.name() + first);
        for (int i = 0; reply.code() == 334 && i < MOST_CHALLENGES; i++) {
            reply = command(base64(mechanism.answer(challenge(reply))));
        }
        if (reply.code() != 235) {
            throw new RelayTrouble(SmtpReply.of(
                    reply.code() < 400 ? 454 : reply.code(),
                    reply.enhanced(),
                    "the relay does not let " + login.user() + " in: " + String.join(" ", reply.lines())));
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] challenge(SmtpReply reply) throws RelayTrouble {
        try {
            return Base64.getDecoder().decode(reply.lines().getFirst());
        } catch (IllegalArgumentException bad) {
            throw new RelayTrouble("4.7.0", "the relay's challenge is no base64");
        }
    }

    private void expect(SmtpReply reply, int code) throws RelayTrouble {
        if (reply.code() != code) {
            throw reply.code() >= 400
                    ? new RelayTrouble(reply)
                    : new RelayTrouble("4.5.0", "the relay says " + reply + " where " + code + " is due");
        }
    }

    private SmtpReply command(String line) throws IOException {
        write(line);
        return reply(line, settings.limits().command());
    }

    private void write(String line) throws IOException {
        ByteOutput out = wire.out();
        // Taking it counts as a part of answering it.
        wire.phase("taking commands", settings.limits().command());
        out.utf8(line);
        out.crlf();
    }

    private SmtpReply reply(String command, Duration limit) throws IOException {
        int space = command.indexOf(' ');
        SmtpReply reply = wire.reply("its reply to " + (space < 0 ? command : command.substring(0, space)), limit);
        if (reply.code() == 421) {
            broken = true; // it closes: RFC 5321 3.8
        }
        return reply;
    }

    public Extensions extensions() {
        return extensions;
    }

    /// TLS with a relay whose certificate was verified.
    public boolean trusted() {
        return trusted;
    }

    /// Under TLS.
    public boolean secured() {
        return secured;
    }

    /// True when the content of the current transaction has begun to go out: then another try elsewhere could send
    /// it twice.
    public boolean contentBegun() {
        return contentBegun;
    }

    /// False when it can only be closed.
    public boolean usable() {
        return !broken;
    }

    /// Transactions so far.
    public int transactions() {
        return transactions;
    }

    /// MAIL and RCPT together where the relay allows it, else one by one. RFC 2920 3.1
    ///
    /// @param mail with its parameters, without the line end
    /// @return the reply to MAIL, then one for each RCPT; only the first when that refuses
    List<SmtpReply> envelope(String mail, List<String> rcpts) throws IOException {
        begin();
        List<SmtpReply> replies = new ArrayList<>();
        if (!extensions.has("PIPELINING")) {
            replies.add(attempt(() -> mail));
            for (int i = 0; i < rcpts.size() && isOk(replies.getFirst()) && usable(); i++) {
                String rcpt = rcpts.get(i);
                replies.add(attempt(() -> rcpt));
            }
            return replies;
        }
        write(mail);
        for (String rcpt : rcpts) {
            write(rcpt);
        }
        replies.add(reply(mail, settings.limits().command()));
        for (int i = 0; i < rcpts.size() && usable(); i++) {
            replies.add(reply(rcpts.get(i), settings.limits().command()));
        }
        wire.rest();
        return !isOk(replies.getFirst()) ? List.of(replies.getFirst()) : replies;
    }

    /// RFC 5321 4.2.1: another code of the class is as good.
    static boolean isOk(SmtpReply reply) {
        return reply.code() < 300;
    }

    private SmtpReply attempt(Supplier<String> line) throws IOException {
        SmtpReply reply = command(line.get());
        wire.rest();
        return reply;
    }

    private void begin() throws IOException {
        contentBegun = false;
        if (inTransaction) {
            reset();
        }
        inTransaction = true;
        transactions++;
    }

    /// Begins a transaction whose recipients are not known yet. `parameters` begins with a blank or is empty; it
    /// and the address have no control characters.
    public SmtpReply mail(SmtpPath sender, String parameters) throws IOException {
        begin();
        return attempt(() -> "MAIL FROM:" + sender + parameters);
    }

    /// One recipient, with its DSN parameters where the relay has DSN.
    public SmtpReply recipient(EnvelopeRecipient recipient) throws IOException {
        return attempt(() -> SubmissionPlan.rcpt(recipient, extensions));
    }

    /// Asks for the content; 354 when it may follow.
    public SmtpReply startData() throws IOException {
        write("DATA");
        SmtpReply reply = reply("DATA", settings.limits().dataStart());
        wire.rest();
        if (!reply.refuses()) {
            expect(reply, 354);
        }
        return reply;
    }

    /// Takes the content as it is, dots and line ends included. Then [#finishData].
    public DataWriter data() {
        contentBegun = true;
        return new DataWriter(
                wire.out(),
                () -> wire.phase("taking the message", settings.limits().block()));
    }

    /// Ends the content and waits for what the relay makes of it.
    ///
    /// @param accepted how many recipients it accepted
    /// @return one reply for each of these recipients, in order; fewer when an LMTP server broke off
    public List<SmtpReply> finishData(DataWriter content, int accepted) throws IOException {
        wire.phase("taking the message", settings.limits().block());
        content.finish();
        return ends(accepted);
    }

    /// A piece of binary content, and the reply to it; for the last one see [#finishData]. RFC 3030 2
    public List<SmtpReply> chunk(byte[] bytes, int offset, int length, boolean last, int accepted) throws IOException {
        contentBegun = true;
        write("BDAT " + length + (last ? " LAST" : ""));
        wire.phase("taking the message", settings.limits().block());
        wire.out().write(bytes, offset, length);
        return last ? ends(accepted) : List.of(reply("BDAT", settings.limits().dataEnd()));
    }

    private List<SmtpReply> ends(int accepted) throws IOException {
        List<SmtpReply> replies = new ArrayList<>();
        replies.add(reply("the message", settings.limits().dataEnd()));
        if (settings.protocol() == RelaySettings.Protocol.LMTP) {
            moreEnds(replies, accepted);
        } else {
            replies = Collections.nCopies(accepted, replies.getFirst());
        }
        wire.rest();
        inTransaction = !usable();
        return replies;
    }

    /// What one recipient got must not be forgotten because the answer for another one does not come.
    private void moreEnds(List<SmtpReply> replies, int accepted) throws IOException {
        try {
            while (replies.size() < accepted && usable()) {
                replies.add(reply("the message", settings.limits().dataEnd()));
            }
        } catch (RelayTrouble trouble) {
            broken = true;
        }
    }

    /// Gives up what has begun.
    public void reset() throws IOException {
        expect(command("RSET"), 250);
        wire.rest();
        inTransaction = false;
        contentBegun = false;
    }

    /// Says QUIT without waiting long for the answer, and closes.
    public void quit() {
        try {
            write("QUIT");
            Duration limit = settings.limits().command();
            Duration patience = Duration.ofSeconds(2);
            wire.reply("its goodbye", limit.compareTo(patience) < 0 ? limit : patience);
        } catch (IOException gone) {
            broken = true; // as we are about to
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        broken = true;
        wire.close();
    }
}
