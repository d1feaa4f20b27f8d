using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>
/// Images and templates from the network. Nothing is really loaded: addresses of this machine refuse the connection, hosts under
/// <c>.invalid</c> are not found, and all others give a file.
/// </summary>
internal static partial class DownloadHandlers
{
    private const long FileSize = 700L << 20;

    public static void AddTo(HandlerTable table)
    {
        table.Add("POST /nodes/{node}/storage/{storage}/download-url", Download);
        table.Add("GET /nodes/{node}/query-url-metadata", static call => Failure(new Uri(call.Parameters.Required("url"))) is { } failure
            ? throw new PveError($"invalid server response: '500 {failure}'")
            : Row(("filename", new Uri(call.Parameters.Required("url")).Segments[^1]), ("size", FileSize), ("mimetype", "application/octet-stream")));
    }

    private static JsonNode Download(Call call)
    {
        var storage = call.Cluster.Volumes.Usable(call.Parameters.Required("storage"), call.Node);
        var content = call.Parameters.Required("content");
        if (!storage.IsFileBased)
        {
            throw new PveError($"can't upload to storage type '{storage.Type}', not a file based storage!");
        }

        if (!storage.Content.Contains(content))
        {
            throw new PveError($"storage '{storage.Id}' is not configured for content-type '{content}'");
        }

        var name = Illegal().Replace(call.Parameters.Required("filename").Split('/')[^1], "_");
        if (!(content == "iso" ? Image() : content == "vztmpl" ? Template() : Import()).IsMatch(name))
        {
            throw PveError.Parameter("filename", content == "import" ? "invalid filename or wrong extension" : "wrong file extension");
        }

        return call.Start("download", name, task => Downloading(call, storage, content, name, task));
    }

    private static IEnumerable<TimeSpan> Downloading(Call call, Storage storage, string content, string name, PveTask task)
    {
        var url = new Uri(call.Parameters.Required("url"));
        var folder = content switch
        {
            "iso" => "template/iso",
            "vztmpl" => "template/cache",
            _ => "import",
        };
        task.Log($"downloading {call["url"]} to {storage.Path}/{folder}/{name}");
        task.Log($"--{call.Cluster.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}--  {call["url"]}");
        yield return TimeSpan.FromSeconds(1);
        if (Failure(url) is { } failure)
        {
            throw new TaskError($"download failed: {failure}");
        }

        yield return TimeSpan.FromSeconds(20);
        storage.Volumes.RemoveAll(volume => volume.VolumeId == $"{storage.Id}:{content}/{name}");
        storage.Volumes.Add(new Volume
        {
            VolumeId = $"{storage.Id}:{content}/{name}",
            Content = content,
            Format = content == "iso" ? "iso" : name.EndsWith(".zst", StringComparison.Ordinal) ? "tzst" : "tgz",
            Node = call.Node,
            Size = FileSize,
            Used = FileSize,
            Created = call.Cluster.Seconds,
        });
        task.Log($"download of '{call["url"]}' to '{storage.Path}/{folder}/{name}' finished");
    }

    private static string? Failure(Uri url) =>
        url.IsLoopback ? $"Connecting to {url.Host}:{url.Port}... failed: Connection refused."
        : url.Host.EndsWith(".invalid", StringComparison.Ordinal) ? $"wget: unable to resolve host address ‘{url.Host}’"
        : null;

    [GeneratedRegex("[^-A-Za-z0-9_.]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Illegal();

    [GeneratedRegex(@"^[^/]+\.(iso|img)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Image();

    [GeneratedRegex(@"^[^/]+\.tar(\.(gz|xz|zst|bz2))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Template();

    [GeneratedRegex(@"^[^/]+\.(ova|ovf|qcow2|raw|vmdk)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Import();
}
