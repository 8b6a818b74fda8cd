package palomar.imap;

import palomar.convert.ConversionLimits;
import palomar.convert.MediaType;

/// What an operator may set about CONVERT. RFC 5259
///
/// @param offered is there CONVERT at all?
/// @param limits of one conversion
/// @param atOnce conversions that run at the same time, of all sessions
/// @param messages that one CONVERT may name; RFC 5259 8.5
/// @param parts that one CONVERT may name; RFC 5259 8.5
/// @param image what images become when the client leaves it to us: image/jpeg or image/png
public record ConvertSettings(
        boolean offered, ConversionLimits limits, int atOnce, int messages, int parts, MediaType image) {
    public static final ConvertSettings USUAL =
            new ConvertSettings(true, ConversionLimits.USUAL, 1, 50, 10, new MediaType("image", "jpeg"));

    public ConvertSettings {
        if (atOnce < 1 || messages < 1 || parts < 1) {
            throw new IllegalArgumentException("nothing could be converted");
        }
    }
}
