from whatson.stack import ROOM, with_room


def test_an_application_with_room_answers_as_before_in_a_frame_that_is_large():
    called = with_room(lambda environ, start_response: [environ, start_response])

    assert called("asked", "begin") == ["asked", "begin"]
    assert called.__code__.co_stacksize > ROOM
