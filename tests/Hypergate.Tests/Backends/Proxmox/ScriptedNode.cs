using System.Text;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Descriptions.ProxmoxApi;

namespace Hypergate.Tests.Backends.Proxmox;

/// <summary>A node that answers a few operations of the real description by a script, for what no healthy cluster does.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    public const string TokenId = "hypergate@pve!gateway";
    public const string Secret = "22222222-2222-4222-8222-222222222222";

    private static readonly string[] Paths =
    [
        "/version", "/cluster/resources", "/cluster/tasks", "/access/permissions", "/nodes/{node}/qemu", "/nodes/{node}/qemu/{vmid}/config",
        "/nodes/{node}/qemu/{vmid}/status/current", "/nodes/{node}/qemu/{vmid}/status/start", "/nodes/{node}/qemu/{vmid}", "/nodes/{node}/qemu/{vmid}/snapshot",
        "/nodes/{node}/storage/{storage}/content", "/nodes/{node}/storage/{storage}/content/{volume}", "/nodes/{node}/vzdump", "/nodes/{node}/tasks",
        "/nodes/{node}/tasks/{upid}/log", "/nodes/{node}/tasks/{upid}/status", "/nodes/{node}/tasks/{upid}", "/access/users/{userid}/token/{tokenid}",
        "/nodes/{node}/qemu/{vmid}/agent/exec", "/nodes/{node}/qemu/{vmid}/agent/file-write",
    ];

    private static readonly byte[] Description = RealSchema.Script(
        [.. RealSchema.Flat.Where(static operation => Paths.Contains((string)operation!["path"]!)).Select(static operation => operation!.DeepClone())]).ToArray();

    private readonly LoopbackServer _server;

    private ScriptedNode(Func<RawRequest, byte[]?> answer) => _server = LoopbackServer.Answering((request, _) => Answer(request, answer));

    public Uri Url => _server.Address;

    /// <summary>What was asked beside the description and the version, in order: method and path below the API's.</summary>
    public IEnumerable<string> Asked => Requests.Select(static request => $"{request.Method} {request.Target["/api2/json".Length..]}");

    public IEnumerable<RawRequest> Requests => _server.Requests.Where(static request =>
        request.Target.StartsWith("/api2/json", StringComparison.Ordinal) && request.Target != "/api2/json/version");

    /// <param name="answer">By the request; null for 501.</param>
    public static ScriptedNode Answering(Func<RawRequest, byte[]?> answer) => new(answer);

    /// <summary>Answers by method and path below the API's, without the query.</summary>
    public static ScriptedNode Answering(params (string Request, byte[] Answer)[] script) => new(request =>
        script.FirstOrDefault(entry => entry.Request == $"{request.Method} {PathOf(request)}").Answer);

    public static string PathOf(RawRequest request) => request.Target["/api2/json".Length..].Split('?')[0];

    public static byte[] Data(string json, string more = "") => LoopbackServer.Reply(200, $$"""{"data":{{json}}{{more}}}""", "Content-Type: application/json;charset=UTF-8");

    public static byte[] Error(int status, string reason, string body = "") => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 {status} {reason}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    public BackendSettings Settings(params Uri[] others) => new()
    {
        Name = "pve",
        Kind = "proxmox-ve",
        Url = new PlatformUrls([Url, .. others]),
        Auth = new() { TokenId = TokenId, TokenSecret = new Secret(Secret) },
        Actions = true,
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static byte[] Answer(RawRequest request, Func<RawRequest, byte[]?> answer) => request.Target switch
    {
        "/pve-docs/api-viewer/apidoc.js" => [.. LoopbackServer.Head(200, $"Content-Length: {Description.Length}"), .. Description],
        "/api2/json/version" when answer(request) is { } own => own,
        "/api2/json/version" => Data("""{"version":"9.2.11","release":"9.2"}"""),
        _ => answer(request) ?? Error(501, $"Method '{request.Method} {PathOf(request)}' not implemented"),
    };
}
