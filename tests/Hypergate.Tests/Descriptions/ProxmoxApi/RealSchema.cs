using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Backends.Proxmox;
using Hypergate.Descriptions;
using Hypergate.Descriptions.ProxmoxApi;
using Hypergate.Model;

namespace Hypergate.Tests.Descriptions.ProxmoxApi;

/// <summary>The real schema of Proxmox VE 9.2, put back into the form in which a node sends it.</summary>
internal static class RealSchema
{
    private static readonly Lazy<JsonArray> FlatOnce = new(() => JsonNode.Parse(System.IO.File.ReadAllText(File("pve-schema-flat.json")))!.AsArray());
    private static readonly Lazy<Description> ReadOnce = new(() => ProxmoxApiReader.Read(Script(Flat), ProxmoxDescription.Rules));

    public static JsonArray Flat => FlatOnce.Value;

    public static Description Description => ReadOnce.Value;

    public static string File(string name) => Repository.Path("tests", "Hypergate.Tests", "Data", "pve", name);

    public static Operation Find(string method, string path) =>
        Description.Operations.Single(operation => operation.Method == method && operation.Path == path);

    /// <summary>The viewer's file: a tree by path, and code behind it.</summary>
    public static ReadOnlyMemory<byte> Script(JsonArray flat)
    {
        var root = new JsonArray();
        var nodes = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var operation in flat)
        {
            var info = operation!.DeepClone().AsObject();
            var (path, method) = ((string)info["path"]!, (string)info["method"]!);
            NodeOf(path, root, nodes)["info"]!.AsObject()[method] = info;
        }

        return Encoding.UTF8.GetBytes($"const apiSchema = {root.ToJsonString(new JsonSerializerOptions { MaxDepth = 200 })}\n;\nExt.onReady(function() {{ let a = [1, 2]; }});\n");
    }

    private static JsonObject NodeOf(string path, JsonArray root, Dictionary<string, JsonObject> nodes)
    {
        if (nodes.TryGetValue(path, out var known))
        {
            return known;
        }

        var node = new JsonObject { ["path"] = path, ["text"] = path[(path.LastIndexOf('/') + 1)..], ["leaf"] = 0, ["info"] = new JsonObject() };
        nodes[path] = node;
        var parent = path.LastIndexOf('/') is > 0 and var slash ? NodeOf(path[..slash], root, nodes) : null;
        if (parent is null)
        {
            root.Add(node);
        }
        else
        {
            if (parent["children"] is null)
            {
                parent["children"] = new JsonArray();
            }

            parent["children"]!.AsArray().Add(node);
        }

        return node;
    }
}
