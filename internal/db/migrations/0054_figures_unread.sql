-- A figure that is not made any more: nobody reads these tables.
delete from figure_tables where figure = 'mentor-places';
