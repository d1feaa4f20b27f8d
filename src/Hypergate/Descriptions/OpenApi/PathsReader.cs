using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Finds every operation that a document declares.</summary>
internal sealed class PathsReader(References references, DescriptionLimits limits)
{
    private const int LongestName = 128;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _bytes;

    public List<DeclaredOperation> Declared { get; } = [];

    public List<DroppedOperation> Dropped { get; } = [];

    /// <summary>How many operations were not even looked at.</summary>
    public int Skipped { get; private set; }

    public void Read(JsonElement paths)
    {
        foreach (var path in paths.EnumerateObject())
        {
            try
            {
                Read(path.Name, references.Follow(path.Value));
            }
            catch (UnusableOperationException reason)
            {
                Dropped.Add(new DroppedOperation(RouteOf("", "*", path.Name), reason.Message));
            }
            catch (InvalidOperationException)
            {
                // System.Text.Json's answer to half a surrogate pair; the name itself may be the broken text.
                Dropped.Add(new DroppedOperation(new Route("unreadable", "*", "?"), "its texts are not valid Unicode"));
            }
        }
    }

    private void Read(string path, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new UnusableOperationException("its path does not hold an object");
        }

        foreach (var member in item.EnumerateObject())
        {
            if (member.Name is "get" or "put" or "post" or "delete" or "patch" or "head" or "options" or "trace" or "query")
            {
                Add(path, item, member);
            }
        }
    }

    private void Add(string path, JsonElement item, JsonProperty member)
    {
        _bytes += JsonMarshal.GetRawUtf8Value(member.Value).Length;
        if (Declared.Count + Dropped.Count >= limits.Operations || _bytes > limits.OperationBytes)
        {
            Skipped++;
            return;
        }

        var route = RouteOf(NameIn(member.Value), member.Name.ToUpperInvariant(), path);
        var obstacle = member switch
        {
            { Name: "head" or "options" or "trace" or "query" } => $"the method {route.Method} is not offered",
            { Value.ValueKind: not JsonValueKind.Object } => "it is not an object",
            _ when !_seen.Add($"{route.Method} {path}") => "its method and path are declared twice",
            _ => null,
        };
        if (obstacle is null)
        {
            Declared.Add(new DeclaredOperation(route, item, member.Value));
            return;
        }

        Dropped.Add(new DroppedOperation(route, obstacle));
    }

    private static string NameIn(JsonElement operation) =>
        operation.ValueKind == JsonValueKind.Object && operation.TryGetProperty("operationId", out var id)
        && id.ValueKind == JsonValueKind.String
            ? DescriptionText.OneLine(id.GetString(), LongestName)
            : "";

    private static Route RouteOf(string name, string method, string path)
    {
        var shortPath = DescriptionText.Visible(path.Length > 1_000 ? path[..1_000] : path);
        return new Route(name.Length > 0 ? name : OperationNames.FromPath(method, shortPath), method, shortPath);
    }
}
