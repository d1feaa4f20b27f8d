using System.Security.Cryptography;
using Hypergate.Backends;

namespace Hypergate.Catalog;

/// <summary>
/// Looks every other second, by its content, whether the file that describes a platform has changed, and what it is made of beside itself; that also works where nobody announces changes
/// (network file systems, container mounts).
/// </summary>
internal sealed class DescriptionFileWatch(BackendKind kind, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Ends when the content is another than at the beginning and has stayed so for two looks: a file that is still being written looks different each time. Never where there is no file.</summary>
    public async Task ChangedAsync(CancellationToken cancellationToken)
    {
        if (kind.DescriptionFile is not { } file)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            return;
        }

        var known = Look(file);
        using var looks = new PeriodicTimer(Interval, time);
        for (var seen = known; ;)
        {
            await looks.WaitForNextTickAsync(cancellationToken);
            var now = Look(file);
            if (now != known && now == seen)
            {
                return;
            }

            seen = now;
        }
    }

    // One that is not there looks like no other.
    private string Look(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexString(SHA256.HashData(stream)) + kind.DescriptionParts(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
