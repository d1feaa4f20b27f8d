using System.Text;

namespace Hypergate.Host.Cli.Setup;

/// <summary>A settings file as text: written whole and moved into place, for its owner alone where it is new.</summary>
internal sealed class SettingsText(string path)
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="change">Gets the text, null for no file, and gives what shall be there.</param>
    public async Task ChangeAsync(Func<string?, string> change, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (old, mode) = File.Exists(path)
            ? (await File.ReadAllTextAsync(path, cancellationToken), OperatingSystem.IsWindows() ? Own : File.GetUnixFileMode(path))
            : (null, Own);
        var next = $"{path}.{Guid.NewGuid():n}.next";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            await using (var stream = new FileStream(next, options))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(change(old)), cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }
}
