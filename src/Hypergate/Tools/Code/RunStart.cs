using System.Text;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Begins a run for a call of <c>execute_code</c>, with the plan that its caller's person has agreed to, where there is one.</summary>
internal sealed class RunStart(CodeRoom room, ToolRequest request, ExecuteCodeArguments arguments)
{
    /// <returns>The run, or why there is none.</returns>
    public async Task<(CodeRun? Run, ToolResult? Problem)> StartAsync(CancellationToken cancellationToken)
    {
        var limits = room.Limits;
        if (arguments.Code is not { } code || code.AsSpan().Trim().IsEmpty)
        {
            return (null, CodeTool.Problem("invalid_input", "'code' is missing."));
        }

        if (Encoding.UTF8.GetByteCount(code) > limits.CodeKilobytes * 1024)
        {
            return (null, CodeTool.Problem("code_too_large", $"The script is longer than {limits.CodeKilobytes} kB ({limits.Setting("codeKilobytes")}); give long data in args."));
        }

        if (Encoding.UTF8.GetByteCount(arguments.Args) > limits.ArgumentKilobytes * 1024)
        {
            return (null, CodeTool.Problem("invalid_input", $"'args' is longer than {limits.ArgumentKilobytes} kB ({limits.Setting("argumentKilobytes")})."));
        }

        await room.Surroundings.SettledAsync(null, cancellationToken);

        // Before a plan is spent for nothing.
        var (place, limit) = await room.BeginRun(request.Caller, cancellationToken);
        return limit is null
            ? await StartAsync(code, place!, cancellationToken)
            : (null, CodeTool.Problem("limits", $"{request.Caller.Name} has used up its scripts for now. Nothing was sent. {limit}"));
    }

    private async Task<(CodeRun? Run, ToolResult? Problem)> StartAsync(string code, IDisposable place, CancellationToken cancellationToken)
    {
        CodeRun? run = null;
        try
        {
            var (plan, problem) = await PlanAsync(code, cancellationToken);
            run = problem is null ? new CodeRun(room, Request(code) with { Plan = plan, Place = place }) : null;
            return (run, problem);
        }
        finally
        {
            if (run is null)
            {
                place.Dispose();
            }
        }
    }

    private CodeRequest Request(string code) => new(
        request.Caller,
        code,
        arguments.Args,
        arguments.Backend,
        arguments.IsPreview,
        request.Conversation.Ask is not null,
        TimeSpan.FromSeconds(arguments.TimeoutSeconds ?? room.Limits.Seconds));

    private async Task<(CodePlan? Plan, ToolResult? Problem)> PlanAsync(string code, CancellationToken cancellationToken)
    {
        if (arguments.ConfirmToken is not { } token)
        {
            return (null, null);
        }

        var hash = CodeRuns.HashOf(code, arguments.Args);
        if (room.Runs.Plan(token, request.Caller, hash, isSpent: request.Conversation.Ask is null) is not { } plan)
        {
            return (null, CodeTool.Problem("refused", "The confirm_token is not the plan_token of this very script and its args, is used already, or is older than five minutes. Nothing was sent."));
        }

        if (request.Conversation.Ask is not { } ask)
        {
            return (plan, null);
        }

        var answer = await ask(new Question($"## Confirmation Required\n\nA script will make these changes, in this order:\n\n{plan.Text}", null, $"plan.{token}"), cancellationToken);
        var isAgreed = answer.Accepted && answer.Seal == $"plan.{token}" && room.Runs.Plan(token, request.Caller, hash, isSpent: true) is not null;
        return isAgreed ? (plan, null) : (null, CodeTool.Problem("consent_declined", "The person did not agree to the plan. Nothing was sent. Do not try it again unasked."));
    }
}
