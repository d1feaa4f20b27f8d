using System.Text.Json.Nodes;
using Hypergate.Simulator.Faults;
using Hypergate.Simulator.ProxmoxVe.Faults;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;
using Hypergate.Simulator.Requests;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>Answers requests: the log and the faults first, then the front door, then the operation.</summary>
internal sealed class PveServer(Cluster cluster, FrontDoor door, Operations operations, PublicFiles files)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private readonly ReplyWriter _writer = new(cluster.Options.Seed);

    public required FaultBoard<PveFault> Faults { get; init; }

    public required RequestLog Log { get; init; }

    public async Task HandleAsync(HttpContext http)
    {
        var body = await BodyAsync(http.Request);
        Log.Add(http, body);
        var path = FrontDoor.Address(http.Request)?.Path ?? http.Request.Path.Value ?? "/";
        var fault = Faults.Hit(http.Request.Method, path);
        if (fault is { Delay: { Ticks: > 0 } delay })
        {
            await Task.Delay(delay, cluster.Time, http.RequestAborted);
        }

        if (fault?.Cut == FaultCut.BeforeAnswer)
        {
            http.Abort();
            return;
        }

        if (FrontDoor.Refuse(http.Request) is null && await files.TryAnswerAsync(http, fault))
        {
            return;
        }

        await AnswerAsync(http, await ReplyAsync(http, body, fault), fault);
    }

    private async Task AnswerAsync(HttpContext http, Reply reply, PveFault? fault)
    {
        if (fault?.Cut == FaultCut.AfterOperation)
        {
            http.Abort();
            return;
        }

        if (fault?.StatusAfter is { } status)
        {
            reply = Reply.Plain(status, fault.Text ?? "Connection timed out");
        }

        if (reply.Delayed)
        {
            await Task.Delay(cluster.Options.RefusalDelay, cluster.Time, http.RequestAborted);
        }

        await _writer.WriteAsync(http, reply, fault);
    }

    private async Task<Reply> ReplyAsync(HttpContext http, ReadOnlyMemory<byte> body, PveFault? fault)
    {
        if (fault?.Status is { } status)
        {
            return Reply.Plain(status, fault.Text ?? "simulated failure");
        }

        var request = http.Request;
        if (FrontDoor.Refuse(request) is { } wrong)
        {
            return wrong;
        }

        if (FrontDoor.Address(request) is not var (format, path))
        {
            return Reply.Plain(501, "no such uri", "no such uri");
        }

        var (identity, refusal) = Identify(request, path);
        if (fault?.Refuse == true || refusal is not null)
        {
            return refusal ?? Reply.Refused("Authentication failed!");
        }

        return FrontDoor.RefuseBody(request) ?? await RunAsync(http, format, path, identity, body, fault);
    }

    private (string Identity, Reply? Refusal) Identify(HttpRequest request, string path)
    {
        lock (cluster.Lock)
        {
            return door.Identify(request, path);
        }
    }

    private async Task<Reply> RunAsync(HttpContext http, string format, string path, string identity, ReadOnlyMemory<byte> body, PveFault? fault)
    {
        if (format is not ("json" or "extjs"))
        {
            var text = $"no formatter for uri {path}, {format}";
            return Reply.Plain(501, text, text);
        }

        var (parameters, broken) = RequestBody.Read(http.Request, body.Span);
        if (broken is not null)
        {
            return broken;
        }

        var (reply, awaited) = operations.Run(format, http.Request.Method, path, identity, parameters, fault);
        return awaited is var (task, time) ? await AwaitedAsync(task, time, http.RequestAborted) ?? reply : reply;
    }

    // The end of a task in the place of its id: nothing when it went well, its error, or the id when it takes longer.
    private async Task<Reply?> AwaitedAsync(PveTask task, TimeSpan time, CancellationToken cancellationToken)
    {
        var end = cluster.Now + time;
        while (IsRunning(task) && cluster.Now < end)
        {
            await Task.Delay(Glance, cluster.Time, cancellationToken);
        }

        return task.ExitStatus switch
        {
            null => null,
            "OK" => new Reply { Status = 200, Document = new JsonObject { ["data"] = null } },
            var error => new Reply { Status = 500, Reason = error, Document = new JsonObject { ["data"] = null, ["message"] = error + "\n" } },
        };
    }

    private bool IsRunning(PveTask task)
    {
        lock (cluster.Lock)
        {
            cluster.Tasks.CatchUp();
            return task.Running;
        }
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var stream = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while (stream.Length < RecordedRequest.MostBytes && (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            stream.Write(buffer, 0, read);
        }

        return stream.ToArray();
    }
}
