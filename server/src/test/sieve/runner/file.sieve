require "fileinto";
fileinto "X";
