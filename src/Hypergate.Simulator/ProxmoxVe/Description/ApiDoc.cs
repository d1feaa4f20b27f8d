using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>The description of the API as the platform serves it: a tree in JavaScript, made from the route table.</summary>
internal static class ApiDoc
{
    // Made when it is first asked for.
    private static readonly Lazy<byte[]> Made = new(Make);

    public static byte[] Bytes => Made.Value;

    private static byte[] Make()
    {
        var root = new Node("", "");
        foreach (var route in RouteTable.Shared.All)
        {
            root.Add(route);
        }

        var tree = new JsonArray([.. root.Children.Values.Select(static node => (JsonNode)node.Json())]);
        return Encoding.UTF8.GetBytes($$"""
            const apiSchema = {{tree.ToJsonString(new JsonSerializerOptions { WriteIndented = true })}}
            ;

            let method2cmd = { GET: 'get', POST: 'create', PUT: 'set', DELETE: 'delete' };
            let clicmdhash = Object.freeze(method2cmd);

            """);
    }

    private sealed class Node(string path, string text)
    {
        private readonly JsonObject _info = [];

        public SortedDictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public void Add(Route route)
        {
            var node = this;
            foreach (var segment in route.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                node = node.Child(segment);
            }

            node._info[route.Method] = MethodJson.Of(route);
        }

        public JsonObject Json()
        {
            var json = new JsonObject { ["path"] = path, ["text"] = text, ["leaf"] = Children.Count == 0 ? 1 : 0 };
            if (_info.Count > 0)
            {
                json["info"] = _info;
            }

            if (Children.Count > 0)
            {
                json["children"] = new JsonArray([.. Children.Values.Select(static child => (JsonNode)child.Json())]);
            }

            return json;
        }

        private Node Child(string segment) =>
            Children.TryGetValue(segment, out var child) ? child : Children[segment] = new Node($"{path}/{segment}", segment);
    }
}
