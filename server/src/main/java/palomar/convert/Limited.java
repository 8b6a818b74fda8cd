package palomar.convert;

import java.io.IOException;

/// Content within limits.
final class Limited {
    private Limited() {}

    static byte[] bytes(PartContent part, int most) throws IOException, Unconvertible {
        if (part.content().size() > most) {
            throw Unconvertible.content("The part is larger than " + most + " bytes");
        }
        return part.content().bytes();
    }

    static byte[] result(byte[] bytes, ConversionLimits limits) throws Unconvertible {
        if (bytes.length > limits.result()) {
            throw Unconvertible.content("The result is larger than " + limits.result() + " bytes");
        }
        return bytes;
    }
}
