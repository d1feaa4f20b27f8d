using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Simulator.Requests;

namespace Hypergate.EndToEnd.Security;

/// <summary>What the security suites look at outside the program: what the platform was asked to change.</summary>
internal static class SecurityWorld
{
    extension(XoSimulator xo)
    {
        public IReadOnlyList<RecordedRequest> Writes => [.. xo.Requests.All.Where(static request => request.Method != "GET")];

        /// <summary>Ends with the first change that it is asked for.</summary>
        public Task FirstWriteAsync() => xo.Requests.FirstAsync(static request => request.Method != "GET", TestContext.Current.CancellationToken);
    }

    extension(StdioSession session)
    {
        /// <summary>The ids of halted guests.</summary>
        public async Task<IReadOnlyList<string>> HaltedAsync(int count)
        {
            var answer = await session.CallAsync("vms_query", $$"""{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":{{count}}}""");
            return [.. answer.Data.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("id").GetString()!)];
        }
    }

    /// <summary>A JSON string.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text);
}
