package palomar.convert;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Decodes, scales and encodes with the JDK's image library, which this class alone touches.
///
/// A large image is not decoded whole: the decoder keeps every n-th pixel of every n-th row, so that at most
/// [#MOST_DECODED] bytes of pixels are in memory. One thread.
final class ImageScaler {
    /// Pixels of a result: 2048 by 1536.
    static final int MOST_RESULT = 3 << 20;

    /// Bytes of the pixels that are decoded for it.
    private static final int MOST_DECODED = 16 << 20;

    /// Of a pixel, while it is drawn.
    private static final int LEAST_BYTES = 4;

    private static final float QUALITY = 0.85f;

    /// Says whether an image of so many pixels may be decoded.
    interface Check {
        void pixels(long pixels) throws Unconvertible;
    }

    /// Width and height.
    private record Size(int width, int height) {
        long pixels() {
            return (long) width * height;
        }

        Size turned(boolean turn) {
            return turn ? new Size(height, width) : this;
        }
    }

    private final ImageFacts facts;
    private final Check check;

    ImageScaler(ImageFacts facts, Check check) {
        this.facts = facts;
        this.check = check;
    }

    /// @param width 0 when it is not given
    /// @param height likewise
    byte[] scale(byte[] bytes, MediaType to, int width, int height) throws Unconvertible {
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(facts.format().name()).next();
        try (ImageBytes in = new ImageBytes(bytes)) {
            reader.setInput(in, true, true);
            Size stored = new Size(reader.getWidth(0), reader.getHeight(0));
            check.pixels(stored.pixels());
            boolean lies = facts.orientation() > 4;
            Size wanted = wanted(stored.turned(lies), width, height).turned(lies);
            BufferedImage decoded = reader.read(0, sparingly(reader, stored, wanted));
            boolean clear = to.equals(MediaType.PNG) && decoded.getColorModel().hasAlpha();
            return encode(upright(draw(decoded, wanted, clear)), to);
        } catch (IOException e) {
            throw Unconvertible.content("The image can't be decoded");
        } catch (RuntimeException e) {
            // The decoders answer damage with whatever their arrays and buffers throw.
            throw Unconvertible.content("The image is damaged");
        } finally {
            reader.dispose();
        }
    }

    private static Size wanted(Size seen, int width, int height) throws Unconvertible {
        int x = width > 0 ? width : height > 0 ? share(seen.width, height, seen.height) : seen.width;
        int y = height > 0 ? height : width > 0 ? share(seen.height, width, seen.width) : seen.height;
        Size wanted = new Size(x, y);
        if (wanted.pixels() <= MOST_RESULT) {
            return wanted;
        }
        List<String> names = List.of(ImageConversion.WIDTH, ImageConversion.HEIGHT);
        if (width == 0 && height == 0) {
            throw Unconvertible.missing("The image is too large without a smaller size", names);
        }
        List<String> given = width == 0 ? names.subList(1, 2) : height == 0 ? names.subList(0, 1) : names;
        throw Unconvertible.bad("The result would have more than " + MOST_RESULT + " pixels", given);
    }

    /// One side in proportion to the other.
    private static int share(int side, int other, int otherBefore) {
        return (int) Math.clamp(Math.round((double) side * other / otherBefore), 1L, 65_535L);
    }

    /// At least twice as fine as the result where that fits, for the rest is averaged.
    private static ImageReadParam sparingly(ImageReader reader, Size stored, Size wanted) throws IOException {
        int bits = reader.getImageTypes(0).next().getColorModel().getPixelSize();
        long most = MOST_DECODED / Math.max(LEAST_BYTES, bits / 8);
        int x = Math.max(1, stored.width / (2 * wanted.width));
        int y = Math.max(1, stored.height / (2 * wanted.height));
        while (new Size(stored.width / x + 1, stored.height / y + 1).pixels() > most) {
            x++;
            y++;
        }
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(x, y, 0, 0);
        return param;
    }

    /// Halves as long as possible: each pixel of the result is the mean of those it stands for.
    private static BufferedImage draw(BufferedImage image, Size wanted, boolean clear) {
        BufferedImage current = image;
        Size size = new Size(image.getWidth(), image.getHeight());
        do {
            size = new Size(Math.max(wanted.width, size.width / 2), Math.max(wanted.height, size.height / 2));
            boolean last = size.equals(new Size(current.getWidth(), current.getHeight()));
            if (size.width > current.getWidth() || size.height > current.getHeight() || last) {
                size = wanted;
            }
            current = drawOnce(current, size, clear);
        } while (!size.equals(wanted));
        return current;
    }

    private static BufferedImage drawOnce(BufferedImage image, Size size, boolean clear) {
        BufferedImage result = canvas(size, clear);
        Graphics2D pen = result.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, 0, 0, size.width, size.height, null);
        pen.dispose();
        return result;
    }

    /// White where the image is transparent, unless the result can be that too.
    private static BufferedImage canvas(Size size, boolean clear) {
        BufferedImage canvas = new BufferedImage(
                size.width, size.height, clear ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        if (!clear) {
            Graphics2D pen = canvas.createGraphics();
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, size.width, size.height);
            pen.dispose();
        }
        return canvas;
    }

    /// As the camera was held: the result has no Exif that could say so.
    private BufferedImage upright(BufferedImage image) {
        if (facts.orientation() == 1) {
            return image;
        }
        int w = image.getWidth();
        int h = image.getHeight();
        AffineTransform turn = switch (facts.orientation()) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            default -> new AffineTransform(0, -1, 1, 0, 0, w);
        };
        Size size = new Size(w, h).turned(facts.orientation() > 4);
        BufferedImage result = canvas(size, image.getColorModel().hasAlpha());
        Graphics2D pen = result.createGraphics();
        pen.drawImage(image, turn, null);
        pen.dispose();
        return result;
    }

    private static byte[] encode(BufferedImage image, MediaType to) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(to.toString()).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 << 10);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (to.equals(MediaType.JPEG)) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
