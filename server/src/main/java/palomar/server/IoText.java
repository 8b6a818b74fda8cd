package palomar.server;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What an operator reads of a failed access: Java often says no more than the file's name.
public final class IoText {
    private IoText() {}

    /// One line: which file, and what is wrong with it.
    public static String of(IOException failed) {
        return switch (failed) {
            case FileSystemException file -> of(file);
            case CharacterCodingException _ -> "what was read is not UTF-8";
            default -> failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        };
    }

    private static String of(FileSystemException failed) {
        String file = failed.getFile() == null ? "a file" : failed.getFile();
        String reason = failed.getReason();
        return switch (failed) {
            case NoSuchFileException _ -> file + ": there is no such file or directory";
            case AccessDeniedException _ -> file + ": permission denied";
            case NotDirectoryException _ -> file + ": is not a directory";
            case DirectoryNotEmptyException _ -> file + ": the directory is not empty";
            case FileAlreadyExistsException _ -> file + ": is there already, and is not what was expected";
            default -> file + ": " + (reason == null ? failed.getClass().getSimpleName() : reason);
        };
    }
}
