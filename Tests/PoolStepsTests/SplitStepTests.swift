import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps

struct SplitStepTests {
  private func split(_ candidates: Candidates, _ request: SelectionRequest) throws -> Candidates {
    var candidates = candidates
    try SplitStep(ParameterValues([:])).apply(to: &candidates, request, HeldFingerprints())
    return candidates
  }

  private func candidates(_ count: Int, heldOut: Int? = nil) -> Candidates {
    var candidates = makeCandidates(
      (0..<count).map { ($0, "A") }, holdsOut: heldOut != nil)
    for index in 0..<(heldOut ?? 0) { candidates.all[index].part = .heldOut }
    return candidates
  }

  @Test func dealsTrainThenTestThenValidation() throws {
    let request = makeRequest(train: 50, validation: 10, test: 20)
    let result = try split(candidates(100), request)
    #expect(result.rows(of: .split(.train)).count == 50)
    #expect(result.rows(of: .split(.test)).count == 20)
    #expect(result.rows(of: .split(.validation)).count == 10)
    #expect(Set(result.all.map(\.row)).count == 80)
    // A smaller train gives its tail to test, as dealing from one shuffled deck does.
    let smaller = try split(candidates(100), makeRequest(train: 40, test: 10))
    #expect(
      smaller.rows(of: .split(.train)) + smaller.rows(of: .split(.test))
        == result.rows(of: .split(.train)))
  }

  @Test func aPoolTooSmallGivesWhatItHas() throws {
    let result = try split(candidates(30), makeRequest(train: 25, validation: 10, test: 10))
    #expect(result.rows(of: .split(.train)).count == 25)
    #expect(result.rows(of: .split(.test)).count == 5)
    #expect(result.rows(of: .split(.validation)).isEmpty)
  }

  @Test func theSeedShuffles() throws {
    let first = try split(candidates(100), makeRequest(seed: 1)).rows(of: .split(.train))
    let second = try split(candidates(100), makeRequest(seed: 2)).rows(of: .split(.train))
    #expect(first != second)
    #expect(first.sorted() == second.sorted())
    #expect(first != first.sorted())
  }

  @Test func testAndValidationComeFromTheHeldOutPartAlone() throws {
    let request = makeRequest(seed: 1, train: 1000, validation: 5, test: 10)
    let result = try split(candidates(100, heldOut: 20), request)
    #expect(result.rows(of: .split(.train)).allSatisfy { $0 > 20 })
    #expect(result.rows(of: .split(.train)).count == 80)
    #expect(
      (result.rows(of: .split(.test)) + result.rows(of: .split(.validation))).allSatisfy {
        $0 <= 20
      })
    // Neither --seed nor --train moves the test split.
    let other = try split(
      candidates(100, heldOut: 20), makeRequest(seed: 9, train: 3, validation: 5, test: 10))
    #expect(other.rows(of: .split(.test)) == result.rows(of: .split(.test)))
    #expect(other.rows(of: .split(.validation)) == result.rows(of: .split(.validation)))
  }

  @Test(arguments: [0, 1, 10, 57])
  func aSmallHeldOutPartGivesWhatItHasToEachHalf(heldOut: Int) throws {
    let all = try split(
      candidates(100, heldOut: heldOut), makeRequest(train: 0, validation: .max, test: .max))
    #expect(all.rows(of: .split(.test)).count + all.rows(of: .split(.validation)).count == heldOut)
    // Neither split's size moves the other.
    let fewer = try split(
      candidates(100, heldOut: heldOut), makeRequest(train: 0, validation: 2, test: .max))
    #expect(fewer.rows(of: .split(.test)) == all.rows(of: .split(.test)))
  }
}
