package palomar.imap;

import java.io.IOException;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;

/// COMPRESS: the OK is the last that goes out uncompressed. RFC 4978 3
record CompressHandler(Dialogue dialogue) {

    Reply run(Command.Compress command) throws IOException {
        if (!command.algorithm().equals("DEFLATE")) {
            return Reply.bad("the only algorithm is DEFLATE");
        }
        if (dialogue.connection().compressed()) {
            return Reply.bad(ResponseCode.Plain.COMPRESSIONACTIVE, "DEFLATE is active already");
        }
        dialogue.out().ok(command.tag(), "DEFLATE active");
        dialogue.out().flush();
        dialogue.connection().startCompression();
        return Reply.NONE;
    }
}
