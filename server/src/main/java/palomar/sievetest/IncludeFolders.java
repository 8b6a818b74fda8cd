package palomar.sievetest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import palomar.sieve.Settings;

/// Where `include` finds scripts: folders beside the test file, or what settings say.
record IncludeFolders(Path folder, Settings settings) {

    Optional<byte[]> script(boolean personal, String name) {
        String group = "sieve_script/" + group(personal) + "/";
        Path beside = folder.resolve(personal ? "included" : "included-global");
        String driver = settings.get(group + "sieve_script_driver").orElse("file");
        try {
            if (driver.equals("dict")) {
                return inDict(group, name);
            }
            Path where = settings.get(group + "sieve_script_path")
                    .map(text -> folder.resolve(text))
                    .orElse(beside);
            return inFolder(where, name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The named group for one kind of scripts.
    private String group(boolean personal) {
        String usual = personal ? "included" : "included-global";
        String type = personal ? "personal" : "global";
        for (String name : settings.list("sieve_script")) {
            String its =
                    settings.get("sieve_script/" + name + "/sieve_script_type").orElse("");
            if (its.equals(type)) {
                return name;
            }
        }
        return usual;
    }

    private static Optional<byte[]> inFolder(Path where, String name) throws IOException {
        try {
            Path file = where.resolve(name + ".sieve").normalize();
            boolean inside = file.startsWith(where.normalize());
            return inside && Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }

    /// A dict has the id of the data under the name, and the data under the id.
    private Optional<byte[]> inDict(String group, String name) throws IOException {
        Path file = dictFile(group + "sieve_script_dict/dict/");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        FileDict dict = FileDict.read(file);
        Optional<String> id = dict.get("sieve/name/" + name);
        return id.flatMap(known -> dict.get("sieve/data/" + known))
                .map(source -> source.getBytes(StandardCharsets.UTF_8));
    }

    private Path dictFile(String group) {
        String path = settings.get(group + "file/path")
                .or(() -> settings.get(group + "file/dict_file_path"))
                .orElse("none");
        return folder.resolve(path);
    }
}
