package palomar.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The conversions that there are. RFC 5259 7.1 asks for text/plain, 7.2 suggests the others.
public final class Conversions {
    private static final List<Conversion> ALL = List.of(
            new CharsetConversion(MediaType.PLAIN),
            new HtmlConversion(),
            new CharsetConversion(MediaType.HTML),
            new CharsetConversion(new MediaType("text", "css")),
            new CharsetConversion(new MediaType("text", "csv")),
            new ImageConversion(MediaType.JPEG, MediaType.JPEG),
            new ImageConversion(MediaType.JPEG, MediaType.PNG),
            new ImageConversion(MediaType.PNG, MediaType.JPEG),
            new ImageConversion(MediaType.PNG, MediaType.PNG),
            new ImageConversion(MediaType.GIF, MediaType.JPEG),
            new ImageConversion(MediaType.GIF, MediaType.PNG));

    /// Names that mail also uses for the same.
    private static final Map<MediaType, MediaType> ALIASES = Map.of(
            new MediaType("image", "jpg"), MediaType.JPEG,
            new MediaType("image", "pjpeg"), MediaType.JPEG,
            new MediaType("image", "x-png"), MediaType.PNG);

    private Conversions() {}

    /// Those that the CONVERSIONS command tells of.
    ///
    /// @param from `*`, `type/*` or a whole type, in lower case
    /// @param to likewise
    public static List<Conversion> matching(String from, String to) {
        List<Conversion> found = new ArrayList<>();
        for (Conversion each : ALL) {
            if (each.from().matches(from) && each.to().matches(to)) {
                found.add(each);
            }
        }
        return found;
    }

    /// All that can be made of this type; the one to take when the client leaves it to us comes first.
    ///
    /// @param image what images become by choice
    public static List<Conversion> of(MediaType from, MediaType image) {
        MediaType usual = ALIASES.getOrDefault(from, from);
        List<Conversion> found = new ArrayList<>();
        for (Conversion each : ALL) {
            if (each.from().equals(usual)) {
                found.add(each.to().equals(image) ? 0 : found.size(), each);
            }
        }
        return found;
    }

    public static Optional<Conversion> find(MediaType from, MediaType to) {
        MediaType usual = ALIASES.getOrDefault(from, from);
        return ALL.stream()
                .filter(each -> each.from().equals(usual) && each.to().equals(to))
                .findFirst();
    }
}
