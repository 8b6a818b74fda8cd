package palomar.convert;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// An image in another format and, when asked, of another size. RFC 5259 7.2, pix-x and pix-y: RFC 2534
///
/// With both the image has just that size, with one the other side follows. Without any it keeps its size, unless
/// that is too large.
record ImageConversion(MediaType from, MediaType to) implements Conversion {
    static final String WIDTH = "pix-x";
    static final String HEIGHT = "pix-y";
    private static final int LARGEST_SIDE = 65_535;

    /// What a multi-scan JPEG costs a decoder that needs all of it at once.
    private static final int BUFFERED_SHARE = 4;

    private static final int SCANS_OF_FULL_SIZE = 10;

    @Override
    public List<String> parameters() {
        return List.of(WIDTH, HEIGHT);
    }

    @Override
    public Converted convert(PartContent part, Map<String, String> parameters, ConversionLimits limits)
            throws IOException, Unconvertible {
        int width = side(parameters, WIDTH);
        int height = side(parameters, HEIGHT);
        byte[] bytes = Limited.bytes(part, limits.bytes());
        ImageFacts facts =
                ImageFacts.of(bytes).orElseThrow(() -> Unconvertible.content("The part is no JPEG, PNG or GIF image"));
        byte[] image = new ImageScaler(facts, pixels -> check(pixels, facts, limits)).scale(bytes, to, width, height);
        return new Converted(to, "", Limited.result(image, limits));
    }

    /// 0 when it is not given.
    private static int side(Map<String, String> parameters, String name) throws Unconvertible {
        String text = parameters.get(name);
        if (text == null) {
            return 0;
        }
        int value = 0;
        for (int i = 0; i < text.length() && value <= LARGEST_SIDE; i++) {
            int digit = text.charAt(i) - '0';
            value = digit < 0 || digit > 9 ? LARGEST_SIDE + 1 : value * 10 + digit;
        }
        if (value < 1 || value > LARGEST_SIDE) {
            throw Unconvertible.bad("Not a number of pixels from 1 to " + LARGEST_SIDE, List.of(name));
        }
        return value;
    }

    private static void check(long pixels, ImageFacts facts, ConversionLimits limits) throws Unconvertible {
        boolean buffered = facts.buffered() && pixels > limits.pixels() / BUFFERED_SHARE;
        boolean slow = pixels > (long) limits.pixels() * SCANS_OF_FULL_SIZE / facts.scans();
        if (pixels > limits.pixels() || buffered || slow) {
            throw Unconvertible.content("The image has too many pixels");
        }
    }
}
