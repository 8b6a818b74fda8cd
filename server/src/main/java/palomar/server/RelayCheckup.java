package palomar.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import palomar.config.PalomarSettings;
import palomar.config.RelaySection;
import palomar.smtp.client.RelayTrouble;
import palomar.smtp.client.Transport;

/// Looks whether outgoing mail has a way out.
final class RelayCheckup {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PalomarSettings settings;
    private final InstantSource clock;

    RelayCheckup(PalomarSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        RelaySection relay = settings.relay();
        if (relay.user().isPresent() && relay.verification() != RelaySection.Verify.FULL) {
            findings.add(Finding.warn(
                    "relay",
                    "the password goes to whoever answers as " + relay.host(),
                    "set relay.verify = \"full\", with relay.ca when its authority is your own"));
        }
        if (relay.passwordFile().isPresent()
                && !Files.isReadable(relay.passwordFile().get())) {
            findings.add(Finding.fail(
                    "relay",
                    "may not read " + relay.passwordFile().get(),
                    "let the user of the server read it, and nobody else"));
            return findings;
        }
        findings.add(probe());
        damaged(findings);
        return findings;
    }

    private void damaged(List<Finding> findings) {
        Path folder = Relays.spool(settings).resolve("damaged");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            long count = files.filter(file -> file.toString().endsWith(".mail")).count();
            if (count > 0) {
                findings.add(Finding.warn(
                        "outgoing mail",
                        count + " damaged messages lie in " + folder + ", which nobody was told of",
                        "look at them, tell their senders, remove them; then look after the disk"));
            }
        } catch (IOException unreadable) {
            findings.add(Finding.fail("outgoing mail", IoText.of(unreadable), "let the user of the server read it"));
        }
    }

    private Finding probe() {
        try (Transport transport = Relays.impatient(settings, clock, PATIENCE)) {
            return Finding.ok("relay", transport.probe());
        } catch (RelayTrouble trouble) {
            return Finding.warn(
                    "relay",
                    String.join(" ", trouble.reply().lines()),
                    "outgoing mail waits until it can be reached: see [relay] and docs/operate/relay.md");
        } catch (IOException unreadable) {
            return Finding.fail("relay", IoText.of(unreadable), "mend [relay]");
        }
    }
}
