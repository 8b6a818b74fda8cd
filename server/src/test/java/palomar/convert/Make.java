package palomar.convert;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import palomar.bytes.ByteSource;

/// Content for tests, and conversions of it in one line.
final class Make {
    private Make() {}

    static PartContent part(String type, String charset, byte[] bytes) {
        return new PartContent(MediaType.parse(type).orElseThrow(), charset, ByteSource.of(bytes));
    }

    static Converted convert(PartContent part, String to, Map<String, String> parameters)
            throws IOException, Unconvertible {
        return Conversions.find(part.type(), MediaType.parse(to).orElseThrow())
                .orElseThrow()
                .convert(part, parameters, ConversionLimits.USUAL);
    }

    /// An HTML text as plain text.
    static String plain(String html) throws IOException, Unconvertible {
        PartContent part = part("text/html", "utf-8", html.getBytes(StandardCharsets.UTF_8));
        return new String(convert(part, "text/plain", Map.of()).bytes(), StandardCharsets.UTF_8);
    }

    /// Red on the left, blue on the right.
    static byte[] image(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, 0, width - width / 2, height);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    static BufferedImage decoded(Converted converted) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(converted.bytes()));
    }

    /// A PNG of a few KiB that says it is large, and is: all its pixels are black.
    static byte[] pngBomb(int width, int height, long bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream png = new DataOutputStream(out);
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {1, 0, 0, 0, 0});
        chunk(png, "IHDR", header.toByteArray());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(data)) {
            byte[] zeros = new byte[1 << 16];
            for (long left = bytes; left > 0; left -= zeros.length) {
                deflated.write(zeros);
            }
        }
        chunk(png, "IDAT", data.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(DataOutputStream png, String name, byte[] bytes) throws IOException {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(type);
        sum.update(bytes);
        png.writeInt(bytes.length);
        png.write(type);
        png.write(bytes);
        png.writeInt((int) sum.getValue());
    }
}
