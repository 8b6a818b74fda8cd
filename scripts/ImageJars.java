import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Prepares third-party jars of the image so that an AOT cache can hold their classes, which saves a third of a
/// start: drops signatures (a signed jar is left out of the cache and checked at each start; we took it from Maven
/// Central with its checksum) and lifts class files older than Java 6 (picocli is compiled for Java 5) to the
/// format of Java 8.
///
/// Run by scripts/train.sh on the jars of the image, which must be its class path too; a jar without either, or
/// one that would not verify afterwards, is left alone. Atomic for each jar.
final class ImageJars {
    private static final int OLDEST_ARCHIVED = 50;
    private static final int LIFTED = 52;

    private ImageJars() {}

    public static void main(String[] args) throws IOException {
        for (String jar : args) {
            Path path = Path.of(jar);
            try {
                if (needed(path)) {
                    rewrite(path);
                }
            } catch (IOException | IllegalArgumentException kept) {
                Files.deleteIfExists(beside(path));
                System.err.println("image: " + path.getFileName() + " stays as it is: " + kept.getMessage());
            }
        }
    }

    private static boolean needed(Path jar) throws IOException {
        try (ZipInputStream in = open(jar)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (isSignature(entry.getName()) || isOldClass(entry, in)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ZipInputStream open(Path jar) throws IOException {
        return new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar), 1 << 16));
    }

    private static Path beside(Path jar) {
        return jar.resolveSibling(jar.getFileName() + ".new");
    }

    private static boolean isSignature(String name) {
        return name.startsWith("META-INF/") && name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class");
    }

    private static boolean isOldClass(ZipEntry entry, ZipInputStream in) throws IOException {
        if (!isClass(entry.getName())) {
            return false;
        }
        byte[] head = in.readNBytes(8);
        return head.length == 8 && ((head[6] & 0xff) << 8 | head[7] & 0xff) < OLDEST_ARCHIVED;
    }

    private static void rewrite(Path jar) throws IOException {
        Path beside = beside(jar);
        try (ZipInputStream in = open(jar);
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!isSignature(entry.getName())) {
                    ZipEntry same = new ZipEntry(entry.getName());
                    same.setTimeLocal(entry.getTimeLocal());
                    out.putNextEntry(same);
                    out.write(content(entry.getName(), in.readAllBytes()));
                }
            }
        }
        Files.setLastModifiedTime(beside, Files.getLastModifiedTime(jar));
        Files.move(beside, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] content(String name, byte[] bytes) throws IOException {
        if (name.equals("META-INF/MANIFEST.MF")) {
            Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
            manifest.getEntries().clear(); // digests of signed entries
            var out = new java.io.ByteArrayOutputStream();
            manifest.write(out);
            return out.toByteArray();
        }
        if (!isClass(name)) {
            return bytes;
        }
        ClassFile format = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS, ClassFile.DeadCodeOption.KEEP_DEAD_CODE);
        ClassModel model = format.parse(bytes);
        if (model.majorVersion() >= OLDEST_ARCHIVED) {
            return bytes;
        }
        // Every method body is built anew: a copied one would stay without the frames that the new format asks
        // for.
        ClassTransform anew = ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
        byte[] lifted = format.transformClass(
                model, anew.andThen(ClassTransform.endHandler(builder -> builder.withVersion(LIFTED, 0))));
        if (!format.verify(lifted).isEmpty()) {
            throw new IOException(name + " does not verify after lifting: " + format.verify(lifted).getFirst());
        }
        return lifted;
    }
}
