package palomar.submission;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import palomar.mail.MailException;
import palomar.smtp.client.Delivery;
import palomar.smtp.client.Envelope;
import palomar.smtp.client.EnvelopeOptions;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Extensions;
import palomar.smtp.client.OutgoingContent;
import palomar.smtp.client.Transport;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;
import palomar.storage.Staging;

/// To what takes whole messages: a command, or the folder of a demo. A message is kept until all of it is here,
/// and handed over while the client waits: what the transport says is what he hears.
public final class StagedWay implements WayOut {
    private final Transport transport;
    private final Supplier<Staging> stagings;
    private final Extensions extensions;

    /// @param transport answers the same for all recipients; closed with this
    /// @param extensions what it can
    public StagedWay(Transport transport, Supplier<Staging> stagings, Extensions extensions) {
        this.transport = transport;
        this.stagings = stagings;
        this.extensions = extensions;
    }

    @Override
    public Extensions extensions() {
        return extensions;
    }

    @Override
    public Passage begin() {
        return new Whole(stagings.get());
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class Whole implements Passage {
        private static final int MOST_RECIPIENTS = 1000;

        private final Staging staging;
        private final List<EnvelopeRecipient> recipients = new ArrayList<>();
        private final Guarded content = new Guarded();
        private SmtpPath sender = SmtpPath.NULL;

        Whole(Staging staging) {
            this.staging = staging;
        }

        @Override
        public Extensions extensions() {
            return extensions;
        }

        @Override
        public int mostRecipients() {
            return MOST_RECIPIENTS;
        }

        @Override
        public SmtpReply mail(SmtpPath from, String parameters) {
            sender = from;
            return SmtpReply.of(250, "2.1.0", from + " OK");
        }

        @Override
        public SmtpReply recipient(EnvelopeRecipient recipient) {
            recipients.add(recipient);
            return SmtpReply.of(250, "2.1.5", recipient.address() + " OK");
        }

        @Override
        public SmtpReply ready(boolean binary) {
            return SmtpReply.of(250, "2.0.0", "go on");
        }

        @Override
        public OutputStream content() {
            return content;
        }

        @Override
        public SmtpReply finish() {
            if (content.failed.isPresent()) {
                return content.failed.get();
            }
            try {
                OutgoingContent whole = OutgoingContent.of(staging.finish().content());
                Delivery delivery = transport.deliver(new Envelope(sender, recipients, EnvelopeOptions.NONE), whole);
                return delivery.fates().getFirst().reply();
            } catch (MailException unkept) {
                return notKept(unkept);
            } catch (IOException unreadable) {
                return SmtpReply.of(451, "4.3.0", "the message can't be read again: " + unreadable.getMessage());
            }
        }

        @Override
        public void close() {
            staging.close();
        }

        /// A full disk refuses the message, at its end.
        private final class Guarded extends OutputStream {
            private Optional<SmtpReply> failed = Optional.empty();

            @Override
            public void write(int b) throws IOException {
                byte[] one = {(byte) b};
                write(one, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (failed.isPresent()) {
                    return;
                }
                try {
                    staging.write(bytes, offset, length);
                } catch (MailException full) {
                    failed = Optional.of(notKept(full));
                }
            }
        }
    }

    private static SmtpReply notKept(MailException why) {
        return SmtpReply.of(452, "4.3.1", "the message can't be kept: " + why.getMessage());
    }
}
