using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Reads where the API lies below its address: the nearest list of servers counts, the operation's, the path's or the document's.</summary>
internal sealed class ServerReader(ReadingContext context)
{
    private const int MostServers = 50;

    private string? _ofDocument;

    public string PathOf(JsonElement pathItem, JsonElement operation)
    {
        var own = ServersIn(operation) ?? ServersIn(pathItem);
        return own is not null
            ? context.Rules.ServerPath(own)
            : _ofDocument ??= context.Rules.ServerPath(ServersIn(context.Root) ?? []);
    }

    private static List<DeclaredServer>? ServersIn(JsonElement holder) =>
        holder.TryGetProperty("servers", out var servers) && servers.ValueKind == JsonValueKind.Array && servers.GetArrayLength() > 0
            ? [.. servers.EnumerateArray().Take(MostServers).Where(static server => server.ValueKind == JsonValueKind.Object).Select(Read)]
            : null;

    private static DeclaredServer Read(JsonElement server)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var choices = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var variable in server.TryGetProperty("variables", out var all) && all.ValueKind == JsonValueKind.Object ? all.EnumerateObject() : default)
        {
            if (variable.Value.ValueKind == JsonValueKind.Object && variable.Value.TryGetProperty("default", out var value))
            {
                variables[variable.Name] = value.ToString();
            }

            if (variable.Value.ValueKind == JsonValueKind.Object && variable.Value.TryGetProperty("enum", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0)
            {
                choices[variable.Name] = [.. list.EnumerateArray().Select(static choice => choice.ToString())];
            }
        }

        return new DeclaredServer(server.TryGetProperty("url", out var url) ? url.ToString() : "", variables) { Choices = choices };
    }
}
