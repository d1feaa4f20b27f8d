using Hypergate.Governance.Confirmation;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>The changes that a preview of a script found, in their order. Agreed to as a whole, it covers them as long as the run does exactly these.</summary>
/// <param name="Caller">Whose it is.</param>
/// <param name="CodeHash">Of the script and its arguments.</param>
/// <param name="Changes">Each call as a hash.</param>
/// <param name="Text">The same for people, a line each.</param>
/// <param name="Expires">When it is too late.</param>
internal sealed record CodePlan(string Caller, string CodeHash, IReadOnlyList<string> Changes, string Text, DateTimeOffset Expires)
{
    private int _next;
    private bool _isBroken;

    /// <summary>Whether this is the next change of the plan. The first one that is not ends the plan.</summary>
    public bool Covers(Call call)
    {
        lock (Changes)
        {
            _isBroken |= _next >= Changes.Count || Changes[_next] != ConsentBinding.Of(call);
            _next++;
            return !_isBroken;
        }
    }
}
