package palomar.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What the transcripts' clients send, without a server.
public final class Dialogues {
    private Dialogues() {}

    /// All that the clients of one file say, in order, as bytes of one connection.
    public static byte[] clientSide(Path transcript) throws IOException {
        return clientSide(transcript, true);
    }

    /// @param tagged whether each command gets a tag, as in IMAP
    public static byte[] clientSide(Path transcript, boolean tagged) throws IOException {
        StringBuilder said = new StringBuilder();
        int tag = 0;
        for (Transcript.Step step : Transcript.read(transcript).steps()) {
            if (step instanceof Transcript.Step.Send send) {
                switch (send.kind()) {
                    case COMMAND ->
                        said.append(tagged ? "a" + ++tag + " " : "")
                                .append(send.text())
                                .append("\r\n");
                    case LINE -> said.append(send.text()).append("\r\n");
                    case BYTES -> said.append(TranscriptRunner.unescape(send.text()));
                }
            }
        }
        return said.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
