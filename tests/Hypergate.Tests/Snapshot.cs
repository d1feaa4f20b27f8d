namespace Hypergate.Tests;

/// <summary>A text that the repository holds. <c>UPDATE_SNAPSHOTS=1</c> writes it anew; the diff is then for people to read.</summary>
internal static class Snapshot
{
    public static void Verify(string text, params string[] path)
    {
        var file = Repository.Path(path);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{file} is missing: run ./dev snapshots once.");
        Assert.Equal(File.ReadAllText(file), text);
    }
}
