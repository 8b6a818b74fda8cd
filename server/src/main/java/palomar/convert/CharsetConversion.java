package palomar.convert;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import palomar.message.Charsets;

/// The same text in another charset. RFC 5259 7.1
record CharsetConversion(MediaType from) implements Conversion {
    @Override
    public MediaType to() {
        return from;
    }

    @Override
    public List<String> parameters() {
        return TextTarget.PARAMETERS;
    }

    @Override
    public Converted convert(PartContent part, Map<String, String> parameters, ConversionLimits limits)
            throws IOException, Unconvertible {
        if (!parameters.containsKey(TextTarget.CHARSET)) {
            throw Unconvertible.missing("A charset must be given", List.of(TextTarget.CHARSET));
        }
        TextTarget target = TextTarget.of(parameters);
        byte[] bytes = Limited.bytes(part, limits.text());
        byte[] result = target.encode(Charsets.decode(bytes, part.charset()), limits.result());
        return new Converted(from, target.name(), Limited.result(result, limits));
    }
}
