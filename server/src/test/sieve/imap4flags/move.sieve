require "fileinto";
fileinto "Moved";
