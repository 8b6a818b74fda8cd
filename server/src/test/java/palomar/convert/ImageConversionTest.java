package palomar.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.testkit.Seeds;

class ImageConversionTest {
    @ParameterizedTest
    @CsvSource({"jpeg, png", "jpeg, jpeg", "png, jpeg", "png, png", "gif, jpeg", "gif, png"})
    void imagesGetTheAskedSizeAndFormat(String from, String to) throws IOException, Unconvertible {
        PartContent part = Make.part("image/" + from, "", Make.image(from, 640, 480));
        Converted converted = Make.convert(part, "image/" + to, Map.of("pix-x", "128", "pix-y", "96"));
        assertThat(ImageFacts.of(converted.bytes()).orElseThrow().format().name())
                .isEqualToIgnoringCase(to);
        BufferedImage image = Make.decoded(converted);
        assertThat(image.getWidth()).isEqualTo(128);
        assertThat(image.getHeight()).isEqualTo(96);
        assertThat(new Color(image.getRGB(10, 10)).getRed()).isGreaterThan(200);
        assertThat(new Color(image.getRGB(118, 10)).getBlue()).isGreaterThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "pix-x, 100, 100, 50",
        "pix-y, 100, 200, 100",
        "pix-x, 1, 1, 1",
        "pix-x, 800, 800, 400",
        "pix-x, 399, 399, 200",
        "pix-x, 400, 400, 200"
    })
    void oneSideKeepsTheProportion(String name, String asked, int width, int height) throws IOException, Unconvertible {
        PartContent part = Make.part("image/png", "", Make.image("png", 400, 200));
        BufferedImage image = Make.decoded(Make.convert(part, "image/png", Map.of(name, asked)));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "", "65536", "99999999999", "1.5", " 1", "٣"})
    void sizesThatAreNoneAreRefused(String size) throws IOException {
        PartContent part = Make.part("image/png", "", Make.image("png", 4, 4));
        assertThat(refusal(part, Map.of("pix-y", size)).parameters()).containsExactly("pix-y");
    }

    @Test
    void transparentIsWhiteWhereTheResultHasNoAlpha() throws IOException, Unconvertible {
        BufferedImage clear = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(clear, "png", bytes);
        PartContent part = Make.part("image/png", "", bytes.toByteArray());
        assertThat(Make.decoded(Make.convert(part, "image/jpeg", Map.of("pix-x", "8")))
                        .getRGB(4, 4))
                .isEqualTo(0xffffffff);
        assertThat(Make.decoded(Make.convert(part, "image/png", Map.of("pix-x", "8")))
                                .getRGB(4, 4)
                        >>> 24)
                .isZero();
    }

    @Test
    void photosStandUprightAsTheirExifSays() throws IOException, Unconvertible {
        byte[] jpeg = Make.image("jpeg", 80, 40);
        // Orientation 6: what is on the left belongs on top.
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg, 0, 2);
        turned.writeBytes(exif);
        turned.write(jpeg, 2, jpeg.length - 2);
        PartContent part = Make.part("image/jpg", "", turned.toByteArray());
        BufferedImage image = Make.decoded(Make.convert(part, "image/png", Map.of("pix-x", "20")));
        assertThat(image.getWidth()).isEqualTo(20);
        assertThat(image.getHeight()).isEqualTo(40);
        assertThat(new Color(image.getRGB(10, 5)).getRed()).isGreaterThan(200);
        assertThat(new Color(image.getRGB(10, 35)).getBlue()).isGreaterThan(200);
    }

    @Test
    void bombsAreNotDecoded() throws IOException {
        byte[] bomb = Make.pngBomb(60_000, 60_000, 4 << 20);
        assertThat(bomb.length).isLessThan(8 << 10);
        Unconvertible refusal = refusal(Make.part("image/png", "", bomb), Map.of("pix-x", "10"));
        assertThat(refusal.why()).contains("too many pixels");
        byte[] gif = Make.image("gif", 10, 10);
        for (int i = 0; i < gif.length - 10; i++) {
            if (gif[i] == ',' && gif[i + 5] == 10 && gif[i + 7] == 10) {
                Arrays.fill(gif, i + 5, i + 9, (byte) 0xff);
            }
        }
        assertThat(refusal(Make.part("image/gif", "", gif), Map.of("pix-x", "10"))
                        .why())
                .contains("too many pixels");
    }

    @Test
    void largeImagesAreDecodedSparingly() throws IOException, Unconvertible {
        // 49 million pixels, which would be 200 MB.
        PartContent part = Make.part("image/png", "", Make.pngBomb(7000, 7000, 7000L * 876));
        BufferedImage image = Make.decoded(Make.convert(part, "image/png", Map.of("pix-x", "50")));
        assertThat(image.getHeight()).isEqualTo(50);
        Unconvertible unsized = refusal(part, Map.of());
        assertThat(unsized.kind()).isEqualTo(Unconvertible.Kind.MISSING_PARAMETERS);
        assertThat(unsized.parameters()).containsExactly("pix-x", "pix-y");
        assertThat(refusal(part, Map.of("pix-x", "6000")).parameters()).containsExactly("pix-x");
    }

    @Test
    void scansWithoutEndAreNotDecoded() throws IOException {
        byte[] jpeg = Make.image("jpeg", 2000, 2000);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 10_000; i++) {
            many.writeBytes(new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0});
        }
        Unconvertible refusal = refusal(Make.part("image/jpeg", "", many.toByteArray()), Map.of("pix-x", "10"));
        assertThat(refusal.why()).contains("too many pixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif"})
    void brokenImagesAreRefusedOrShownInPart(String format) throws IOException {
        RandomGenerator random = Seeds.random("brokenImages" + format);
        byte[] whole = Make.image(format, 90, 70);
        for (int round = 0; round < 300; round++) {
            byte[] broken = Arrays.copyOf(whole, round % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int change = random.nextInt(6); change > 0 && broken.length > 0; change--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                Converted shown =
                        Make.convert(Make.part("image/" + format, "", broken), "image/jpeg", Map.of("pix-x", "30"));
                assertThat(shown.bytes()).isNotEmpty();
            } catch (Unconvertible refused) {
                assertThat(refused.why()).as("seed " + Seeds.seed()).isNotEmpty();
            }
        }
    }

    private static Unconvertible refusal(PartContent part, Map<String, String> parameters) {
        return catchThrowableOfType(Unconvertible.class, () -> Make.convert(part, "image/jpeg", parameters));
    }
}
