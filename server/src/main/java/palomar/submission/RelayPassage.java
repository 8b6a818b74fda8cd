package palomar.submission;

import java.io.IOException;
import java.io.OutputStream;
import palomar.smtp.client.DataWriter;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Extensions;
import palomar.smtp.client.RelayPool;
import palomar.smtp.client.RelaySettings;
import palomar.smtp.client.SmtpConnection;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;

/// Over a borrowed connection to the relay; by BDAT when the content is binary, else by DATA.
final class RelayPassage implements Passage {
    private static final SmtpReply GO_ON = SmtpReply.of(250, "2.0.0", "go on");

    private final RelayWay way;
    private final RelayPool.Lease lease;
    private final SmtpConnection relay;
    private final int mostRecipients;
    private OutputStream content = OutputStream.nullOutputStream();
    private boolean finished;

    RelayPassage(RelayWay way, RelayPool.Lease lease, RelaySettings settings) {
        this.way = way;
        this.lease = lease;
        this.relay = lease.connection();
        // An LMTP server answers for each recipient, and our client hears one answer.
        this.mostRecipients = settings.protocol() == RelaySettings.Protocol.LMTP ? 1 : Integer.MAX_VALUE;
    }

    /// False when it is gone.
    static boolean answers(SmtpConnection relay) {
        try {
            relay.reset();
            return relay.usable();
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public Extensions extensions() {
        return relay.extensions();
    }

    @Override
    public int mostRecipients() {
        return mostRecipients;
    }

    @Override
    public SmtpReply mail(SmtpPath sender, String parameters) throws IOException {
        return relay.mail(sender, parameters);
    }

    @Override
    public SmtpReply recipient(EnvelopeRecipient recipient) throws IOException {
        return relay.recipient(recipient);
    }

    @Override
    public SmtpReply ready(boolean binary) throws IOException {
        if (binary) {
            content = new Chunks(relay);
            return GO_ON;
        }
        SmtpReply reply = relay.startData();
        if (!reply.refuses()) {
            content = relay.data();
        }
        return reply;
    }

    @Override
    public OutputStream content() {
        return content;
    }

    @Override
    public SmtpReply finish() throws IOException {
        SmtpReply reply =
                content instanceof DataWriter data ? relay.finishData(data, 1).getFirst() : ((Chunks) content).finish();
        finished = true;
        return reply;
    }

    @Override
    public void close() {
        if (relay.contentBegun() && !finished) {
            relay.close();
        }
        lease.close();
        way.leave();
    }

    /// Collects binary content into chunks. RFC 3030 2
    private static final class Chunks extends OutputStream {
        private static final int CHUNK = 64 * 1024;

        private final SmtpConnection relay;
        private final byte[] chunk = new byte[CHUNK];
        private int length;
        private SmtpReply said = GO_ON;

        Chunks(SmtpConnection relay) {
            this.relay = relay;
        }

        @Override
        public void write(int b) throws IOException {
            byte[] one = {(byte) b};
            write(one, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int at = offset;
            int end = offset + count;
            while (at < end) {
                if (length == CHUNK) {
                    send(false);
                }
                int taken = Math.min(CHUNK - length, end - at);
                System.arraycopy(bytes, at, chunk, length, taken);
                length += taken;
                at += taken;
            }
        }

        /// Behind a refusal nothing more goes out: the rest would be refused too.
        private void send(boolean last) throws IOException {
            if (!said.refuses()) {
                said = relay.chunk(chunk, 0, length, last, 1).getFirst();
            }
            length = 0;
        }

        SmtpReply finish() throws IOException {
            send(true);
            return said;
        }
    }
}
