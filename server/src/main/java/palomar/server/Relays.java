package palomar.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import palomar.config.PalomarSettings;
import palomar.config.RelaySection;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.outbox.CarrierSettings;
import palomar.outbox.SpoolSettings;
import palomar.outbox.SpooledOutbox;
import palomar.sieve.Settings;
import palomar.smtp.client.ClientTls;
import palomar.smtp.client.FolderTransport;
import palomar.smtp.client.PhaseLimits;
import palomar.smtp.client.Relay;
import palomar.smtp.client.RelaySettings;
import palomar.smtp.client.SendmailTransport;
import palomar.smtp.client.Transport;
import palomar.webhook.WebhookTransport;

/// The way out of the house as the configuration has it.
final class Relays {
    /// A message that came in may go out, with what we add.
    private static final long ADDED = 1 << 20;

    private static final int WEB_WIDTH = 8;
    private static final Duration WEB_PATIENCE = Duration.ofSeconds(15);
    private static final Duration WEB_LIFETIME = Duration.ofDays(1);
    private static final long MOST_SECONDS = 30 * 86_400L;

    private Relays() {}

    /// Where outgoing mail waits.
    static Path spool(PalomarSettings settings) {
        return settings.server().data().resolve("outgoing");
    }

    /// Where a demo keeps what it would have sent.
    static Path demoFolder(PalomarSettings settings) {
        return settings.server().data().resolve("outbox");
    }

    /// @throws IOException fit for the operator
    static SpooledOutbox open(Plan plan, InstantSource clock, Event event) throws IOException {
        PalomarSettings settings = plan.settings();
        DataFolder.make(spool(settings));
        return SpooledOutbox.open(
                limits(settings), carrier(settings), transport(plan, clock, event), new RealDisk(), clock, event);
    }

    static SpoolSettings limits(PalomarSettings settings) {
        SpoolSettings usual = SpoolSettings.of(spool(settings));
        long most = Math.max(
                settings.lmtp().maxMessage().bytes(),
                settings.imap().maxMessage().bytes());
        return new SpoolSettings(
                usual.folder(),
                settings.relay().queueMessages(),
                most + ADDED,
                usual.mostRecipients(),
                usual.spare(),
                usual.remember());
    }

    static CarrierSettings carrier(PalomarSettings settings) {
        RelaySection relay = settings.relay();
        String host = HostName.of(settings);
        return new CarrierSettings(
                relay.retry(),
                relay.retryLongest(),
                relay.lifetime(),
                relay.warnAfter(),
                host,
                relay.postmaster().orElse("postmaster@" + host));
    }

    /// @throws IOException fit for the operator: a file can't be read
    static Transport transport(Plan plan, InstantSource clock, Event event) throws IOException {
        PalomarSettings settings = plan.settings();
        RelaySection relay = settings.relay();
        if (plan.demo()) {
            return new FolderTransport(demoFolder(settings), clock);
        }
        if (!relay.sendmail().isEmpty()) {
            return new SendmailTransport(relay.sendmail(), relay.dataTimeout(), relay.connections());
        }
        return Relay.of(server(settings, limits(relay), relay.connections()), clock, event);
    }

    /// The way of notifications to the web.
    ///
    /// @throws IOException fit for the operator: a file can't be read, a setting is wrong
    static Transport web(Plan plan, InstantSource clock) throws IOException {
        if (plan.demo()) {
            return new FolderTransport(demoFolder(plan.settings()), clock);
        }
        Settings set = SieveLanguage.settings(plan.settings());
        Optional<Path> authorities =
                set.get("sieve_notify_https_ca_file").map(String::strip).map(Path::of);
        ClientTls tls = ClientTls.load(RelaySettings.Verify.FULL, authorities, complaint -> {});
        Duration patience = seconds(set, "sieve_notify_https_timeout", WEB_PATIENCE);
        return new WebhookTransport(tls, patience, WEB_WIDTH, InetAddress::getAllByName);
    }

    /// As mail, but for a shorter time: old news are none.
    static CarrierSettings webCarrier(PalomarSettings settings) throws IOException {
        CarrierSettings mail = carrier(settings);
        Duration lifetime = seconds(SieveLanguage.settings(settings), "sieve_notify_https_lifetime", WEB_LIFETIME);
        return new CarrierSettings(
                mail.firstRetry(), mail.longestRetry(), lifetime, Optional.empty(), mail.host(), mail.postmaster());
    }

    private static Duration seconds(Settings set, String name, Duration usual) throws IOException {
        try {
            long seconds = set.seconds(name, usual.toSeconds());
            return Duration.ofSeconds(Math.clamp(seconds, 1, MOST_SECONDS));
        } catch (Settings.BadSetting wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    /// For a look at it by an operator who waits.
    static Transport impatient(PalomarSettings settings, InstantSource clock, Duration patience) throws IOException {
        RelaySection relay = settings.relay();
        if (!relay.sendmail().isEmpty()) {
            return new SendmailTransport(relay.sendmail(), patience, 1);
        }
        return Relay.of(server(settings, PhaseLimits.all(patience), relay.connections()), clock, Event.SILENT);
    }

    private static PhaseLimits limits(RelaySection relay) {
        Duration command = relay.commandTimeout();
        return new PhaseLimits(relay.connectTimeout(), command, command, command, command, relay.dataTimeout());
    }

    /// For what users send while they wait; empty where no server is the relay.
    static Optional<RelaySettings> forSubmission(Plan plan) throws IOException {
        RelaySection relay = plan.settings().relay();
        if (plan.demo() || !relay.sendmail().isEmpty()) {
            return Optional.empty();
        }
        int connections = plan.settings().submission().relayConnections();
        return Optional.of(server(plan.settings(), limits(relay), connections));
    }

    private static RelaySettings server(PalomarSettings settings, PhaseLimits limits, int connections)
            throws IOException {
        RelaySection relay = settings.relay();
        return new RelaySettings(
                relay.host(),
                relay.port(),
                switch (relay.protocol()) {
                    case SMTP -> RelaySettings.Protocol.SMTP;
                    case LMTP -> RelaySettings.Protocol.LMTP;
                },
                switch (relay.tls()) {
                    case NONE -> RelaySettings.Tls.NONE;
                    case STARTTLS -> RelaySettings.Tls.STARTTLS;
                    case REQUIRED -> RelaySettings.Tls.REQUIRED;
                    case IMPLICIT -> RelaySettings.Tls.IMPLICIT;
                },
                switch (relay.verification()) {
                    case FULL -> RelaySettings.Verify.FULL;
                    case OPPORTUNISTIC -> RelaySettings.Verify.OPPORTUNISTIC;
                    case NONE -> RelaySettings.Verify.NONE;
                },
                relay.ca(),
                login(relay),
                relay.helo().orElseGet(() -> HostName.of(settings)),
                limits,
                connections,
                relay.recipients());
    }

    private static Optional<RelaySettings.Login> login(RelaySection relay) throws IOException {
        if (relay.user().isEmpty()) {
            return Optional.empty();
        }
        String password = relay.passwordFile().isPresent()
                ? firstLine(relay.passwordFile().get())
                : relay.password().orElseThrow();
        return Optional.of(new RelaySettings.Login(relay.user().get(), password));
    }

    private static String firstLine(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        String line = text.lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new IOException(file + " has no password in its first line (relay.password_file)");
        }
        return line;
    }
}
