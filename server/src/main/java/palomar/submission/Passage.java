package palomar.submission;

import java.io.IOException;
import java.io.OutputStream;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Extensions;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;

/// One message on its way out: [#mail], [#recipient] for each, [#ready], then the content into [#content()] and
/// [#finish]. All replies are the relay's own. One thread.
///
/// Throws [palomar.smtp.client.RelayTrouble] when the relay is gone; then only [#close] is left.
interface Passage extends AutoCloseable {

    /// What the relay of this message can.
    Extensions extensions();

    /// At most so many recipients in one message.
    int mostRecipients();

    /// @param parameters begins with a blank, or is empty
    SmtpReply mail(SmtpPath sender, String parameters) throws IOException;

    SmtpReply recipient(EnvelopeRecipient recipient) throws IOException;

    /// Whether the content may follow: a refusal, or a reply below 400.
    ///
    /// @param binary the content is to arrive byte for byte (BINARYMIME)
    SmtpReply ready(boolean binary) throws IOException;

    /// Takes the content, dots and line ends as they are; to be asked for once [#ready] agreed. Not closed.
    OutputStream content();

    /// The end of the message, and what became of it.
    SmtpReply finish() throws IOException;

    /// Gives up what has not come to its end: the relay never sees an end.
    @Override
    void close();
}
