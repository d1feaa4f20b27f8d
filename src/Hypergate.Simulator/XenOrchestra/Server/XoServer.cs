using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.Answers;
using Hypergate.Simulator.XenOrchestra.Endpoints;
using Hypergate.Simulator.Faults;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>The way of a request: recorded, hit by a fault or not, let in or turned away, and answered.</summary>
internal sealed class XoServer(RequestGate gate, EndpointTable endpoints, StartUp startUp, TimeProvider time)
{
    private readonly FaultyAnswer _faulty = new(time);

    public required FaultBoard<Fault> Faults { get; init; }

    public required RequestLog Log { get; init; }

    public async Task HandleAsync(HttpContext http)
    {
        var body = await ReadAsync(http);
        Log.Add(http, body);
        if (startUp.Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
        }

        var target = RequestTarget.Of(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var fault = Faults.Hit(http.Request.Method, target.Below);
        Task Answer() => AnswerAsync(http, target, body, fault);
        await (fault is null ? Answer() : _faulty.SendAsync(http, fault, Answer));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return default;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }

    private async Task AnswerAsync(HttpContext http, RequestTarget target, ReadOnlyMemory<byte> body, Fault? fault)
    {
        try
        {
            await AnswerApiAsync(http, target, body, fault);
        }
        catch (XoError error) when (!http.Response.HasStarted)
        {
            await Refusal.ErrorAsync(http, error);
        }
        catch (Exception broken) when (broken is not OperationCanceledException && !http.Response.HasStarted)
        {
            await Refusal.ErrorAsync(http, new XoError(500, broken.Message));
        }
    }

    private async Task AnswerApiAsync(HttpContext http, RequestTarget target, ReadOnlyMemory<byte> body, Fault? fault)
    {
        var caller = gate.Authenticate(http, fault);
        if (target is { IsApi: true, Segments: [] })
        {
            await Answer.RedirectAsync(http, 302, Addresses.Root + "/docs");
        }
        else if (target is { IsApi: true, Segments: ["docs"] })
        {
            await Answer.TextAsync(http, 200, "text/html; charset=utf-8", $"<a href=\"{Addresses.Root}/docs/swagger.json\">swagger.json</a>");
        }
        else if (!target.IsApi || gate.Route(http.Request.Method, target) is not { } route)
        {
            await Refusal.NoRouteAsync(http, target.Path);
        }
        else if (target is { Segments: ["users", "me", .. var rest], Query: null } && caller is not null)
        {
            await Answer.RedirectAsync(http, 307, string.Join('/', [Addresses.Of("users", caller.Id), .. rest]));
        }
        else
        {
            await endpoints.AnswerAsync(gate.Check(http, route, target, body, caller) with { Fault = fault });
        }
    }
}
